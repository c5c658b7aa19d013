// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * A user's data file, or several of them as one. It may be packed by gzip or zip; its encoding is
 * checked, a byte-order mark is dropped, and LF, CRLF and, where there is neither, CR end lines.
 * Each method that reads opens the file anew; close the streams.
 *
 * <p>The rows of a CSV file with the lines {@code text,label} and {@code Go.,yes} are one row, at
 * line 2, with the columns {@code text} and {@code label}.
 *
 * <p>Used by one thread.
 */
public interface DataFile {

  /** {@return the file as the user named it} */
  Location location();

  /** {@return how the file is written} */
  Format format();

  /** {@return whether it can be opened more than once; standard input cannot} */
  boolean canBeReread();

  /**
   * {@return the rows of a CSV, TSV or JSON-lines file, or of a JSON document that is an array of
   * objects}
   *
   * @throws DataException if the file is of another format, is empty, or a row is malformed
   */
  Stream<Row> rows();

  /**
   * {@return the lines of a file of text or CoNLL columns, without their ends and marks without
   * width there, empty lines included}
   */
  Stream<Line> lines();

  /**
   * {@return a whole JSON document as plain Java values: {@code Map<String, Object>} in the
   * document's order, {@code List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code
   * Boolean}; {@code BigInteger} and {@code BigDecimal} for numbers that those cannot hold; a JSON
   * null is left out of its map}
   */
  Object json();

  /** File formats, told from the file's extension unless configured. */
  enum Format {
    /**
     * RFC 4180: a header, double quotes around values, commas, or the semicolons, tabs or bars that
     * the header shows.
     */
    CSV,
    /** Tabs, a header; double quotes are around values where the file shows that it quotes. */
    TSV,
    /**
     * Rows of JSON: an object a line, or an array of objects. Rows of a Parquet file are given as
     * such.
     */
    JSONL,
    /** One JSON document. */
    JSON,
    /** Lines of running text. */
    TEXT,
    /** A word a line, with columns of its own such as its tag; blank lines end sentences. */
    CONLL;

    /** The name as it is written in the configuration and on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A line of text.
   *
   * @param location file and line
   * @param text the line without its end
   */
  record Line(Location location, String text) {}
}
