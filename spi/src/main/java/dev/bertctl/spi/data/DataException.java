// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

/**
 * Data that cannot be used: where, what is wrong, and what to do.
 *
 * <p>{@code new DataException(row.location(), "no tags; give each word one")} is shown as {@code
 * dev.tsv:7: no tags; give each word one}. Characters that nobody sees are shown by their numbers.
 */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Location location;
  private final String problem;

  /**
   * @param location where in the user's data
   * @param problem what is wrong and what to do about it
   */
  public DataException(Location location, String problem) {
    super(Invisible.shown(location + ": " + problem));
    this.location = location;
    this.problem = problem;
  }

  /** {@return where in the user's data} */
  public Location location() {
    return location;
  }

  /** {@return what is wrong and what to do about it} */
  public String problem() {
    return problem;
  }
}
