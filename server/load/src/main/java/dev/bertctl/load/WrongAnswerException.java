// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

/** A response that is not the answer to its request. */
final class WrongAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  WrongAnswerException(String message) {
    super(message);
  }

  WrongAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
