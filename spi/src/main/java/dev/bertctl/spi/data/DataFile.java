// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.stream.Stream;

/**
 * A user's data file. UTF-8 is checked, a byte-order mark is dropped, CRLF and LF both end lines.
 * Each method that reads opens the file anew; close the streams.
 */
public interface DataFile {

  /** The file as the user named it. */
  Location location();

  /** How the file is written. */
  Format format();

  /** Whether it can be opened more than once; standard input cannot. */
  boolean canBeReread();

  /**
   * The rows of a CSV, TSV or JSON-lines file.
   *
   * @throws DataException if the file is of another format, is empty, or a row is malformed
   */
  Stream<Row> rows();

  /** The lines of a text file, without their ends, empty lines included. */
  Stream<Line> lines();

  /**
   * A whole JSON document as plain Java values: {@code Map<String, Object>} in the document's
   * order, {@code List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}; a
   * JSON null is left out of its map.
   */
  Object json();

  /** File formats, told from the file's extension unless configured. */
  enum Format {
    /** RFC 4180: commas, a header, double quotes around values. */
    CSV,
    /** Tabs, a header; quotes are ordinary characters. */
    TSV,
    /** One JSON object a line. */
    JSONL,
    /** One JSON document. */
    JSON,
    /** Lines of text. */
    TEXT
  }

  /**
   * A line of text.
   *
   * @param location file and line
   * @param text the line without its end
   */
  record Line(Location location, String text) {}
}
