// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

/** What double quotes around a cell of a TSV file are. */
public enum Quotes {
  /** Read where the header and the rows show that the file quotes, else ordinary characters. */
  AUTO,
  /** Read: they may be around any cell, and are doubled within it. */
  DOUBLE,
  /** Ordinary characters. */
  NONE
}
