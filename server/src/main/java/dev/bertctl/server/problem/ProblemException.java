// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

/** A request that is not fulfilled. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  /**
   * @param message what is wrong, where, and what to do
   */
  public ProblemException(ProblemType type, String message) {
    this(type, message, null);
  }

  /**
   * @param message what is wrong, where, and what to do
   * @param cause what brought it about; null if nothing did
   */
  public ProblemException(ProblemType type, String message, Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  /** A request whose body is too large. */
  public static ProblemException tooManyBytes(int most) {
    return new ProblemException(
        ProblemType.TOO_LARGE,
        "the body has more than the %,d bytes that it may have; send fewer rows at once"
            .formatted(most));
  }

  /** What kind of problem it is. */
  public ProblemType type() {
    return type;
  }

  /** What the response's body says. */
  public Problem problem() {
    return new Problem(getMessage(), type.text());
  }
}
