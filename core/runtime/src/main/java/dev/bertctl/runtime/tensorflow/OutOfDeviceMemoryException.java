// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.UserException;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** A batch does not fit into the memory of the device that computes it; a smaller one may. */
public final class OutOfDeviceMemoryException extends UserException {

  private static final long serialVersionUID = 1L;

  OutOfDeviceMemoryException(TFResourceExhaustedException cause) {
    this("TensorFlow", cause.getMessage().lines().findFirst().orElse(""), cause);
  }

  /**
   * @param engine what computes
   * @param reason as it gives it
   */
  public OutOfDeviceMemoryException(String engine, String reason, Exception cause) {
    super(
        "%s has not enough memory for a batch (%s); make train.batch-size, train.evaluation-batch-size or max-length smaller"
            .formatted(engine, reason),
        cause);
  }
}
