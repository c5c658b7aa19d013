// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import java.util.Optional;

/**
 * A failure that the user can do something about. Its message is the problem: what is wrong, where,
 * and what to do as far as that is the same wherever it is shown. The first line says it, further
 * ones give details. It is shown without a stack trace.
 */
public class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Remedy remedy;

  /**
   * @param problem what is wrong, where, and what to do
   */
  public UserException(String problem) {
    this(problem, (Remedy) null);
  }

  /**
   * @param problem what is wrong, where, and what to do
   * @param cause what brought it about
   */
  public UserException(String problem, Throwable cause) {
    this(problem, null, cause);
  }

  /**
   * @param problem what is wrong and where; complete without the remedy
   * @param remedy what to do
   */
  public UserException(String problem, Remedy remedy) {
    super(problem);
    this.remedy = remedy;
  }

  /**
   * @param problem what is wrong and where; complete without the remedy
   * @param remedy what to do
   * @param cause what brought it about
   */
  public UserException(String problem, Remedy remedy, Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  /** What to do, where the front end knows how; empty if the message says all there is. */
  public final Optional<Remedy> remedy() {
    return Optional.ofNullable(remedy);
  }
}
