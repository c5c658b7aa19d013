// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.Optional;

/**
 * The columns of a row's text, or of its two texts.
 *
 * <p>{@code new TextColumns(Column.named("premise"), Optional.of(Column.named("hypothesis")))} are
 * those of a pair.
 *
 * @param first column of the only or the first text
 * @param second column of the second text, if there are two
 */
public record TextColumns(Column first, Optional<Column> second) {

  /** Whether a row was cut off before one of its texts. */
  boolean endEarly(Row row) {
    return row.endsBefore(first) || second.filter(row::endsBefore).isPresent();
  }

  /**
   * {@return the only or the first text of a row; an empty one where the row says that it has none}
   *
   * @param row the row
   * @throws DataException if there is no such column
   */
  public String first(Row row) {
    return row.textOrEmpty(first);
  }

  /**
   * {@return the second text of a row; an empty one where the row says that it has none}
   *
   * @param row the row
   * @throws DataException if there is no such column
   */
  public Optional<String> second(Row row) {
    return second.map(row::textOrEmpty);
  }
}
