// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.stream.Stream;

/** Predictions of which each is a row, in the examples' order. */
final class RowForEach {

  /** What is to be done about rows that are not so. */
  static final String REMEDY = "give one row for each example with a gold label, in their order";

  private RowForEach() {}

  /** The rows, as many as examples. */
  static List<Row> in(DataFile file, List<?> gold) {
    try (Stream<Row> stream = file.rows()) {
      List<Row> rows = stream.toList();
      if (rows.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d gold examples; %s".formatted(rows.size(), gold.size(), REMEDY));
      }
      return rows;
    }
  }
}
