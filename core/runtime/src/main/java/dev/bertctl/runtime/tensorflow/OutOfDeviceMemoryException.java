// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.UserException;

/** Temporary. */
public class OutOfDeviceMemoryException extends UserException {
  private static final long serialVersionUID = 1L;

  /** Temporary. */
  public OutOfDeviceMemoryException(String m, Throwable t) {
    super(m, t);
  }
}
