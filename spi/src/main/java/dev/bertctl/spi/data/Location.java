// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

/**
 * A place in a file, printed as {@code file:line}.
 *
 * <p>{@code new Location("dev.tsv", 7)} is printed as {@code dev.tsv:7}.
 *
 * @param file the file as the user named it
 * @param line the line, from 1; 0 for the file as a whole
 */
public record Location(String file, long line) {

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
