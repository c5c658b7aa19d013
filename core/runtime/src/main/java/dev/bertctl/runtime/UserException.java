// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

/**
 * A failure that the user can do something about. Its message says what is wrong, where, and what
 * to do; it is shown without a stack trace.
 */
public class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, and what to do
   */
  public UserException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, and what to do
   * @param cause what brought it about
   */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
