// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

/** A process of a training has ended, or does not answer; the others' models are of no use then. */
public final class LostProcessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message which process, and what is known of it
   */
  public LostProcessException(String message) {
    super(message);
  }
}
