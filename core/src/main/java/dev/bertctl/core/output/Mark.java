// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

/**
 * How far a file was when all that it had was on disk.
 *
 * @param bytes its length
 * @param places how many parts it had
 * @param memo what else its form must know to go on with it
 */
record Mark(long bytes, long places, String memo) {

  /** Of a file that is begun. */
  static final Mark START = new Mark(0, 0, "");
}
