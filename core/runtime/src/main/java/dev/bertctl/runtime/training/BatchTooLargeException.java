// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;

/**
 * In the midst of a training memory did not suffice for a batch, which could be computed in more
 * parts. Weights may be updated in part: what can go on in more parts is what they were at an
 * earlier step.
 */
public final class BatchTooLargeException extends UserException {

  private static final long serialVersionUID = 1L;

  private final int parts;

  BatchTooLargeException(int parts, OutOfDeviceMemoryException cause) {
    super(cause.getMessage(), cause);
    this.parts = parts;
  }

  /** In how many parts the batch was computed; twice as many are smaller. */
  public int parts() {
    return parts;
  }
}
