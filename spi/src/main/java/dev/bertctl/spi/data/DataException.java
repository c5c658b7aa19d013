// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

/** Data that cannot be used: where, what is wrong, and what to do. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param location where in the user's data
   * @param problem what is wrong and what to do about it
   */
  public DataException(Location location, String problem) {
    super(location + ": " + problem);
  }
}
