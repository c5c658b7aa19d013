// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The columns of a file with rows, by their names in the file's order.
 *
 * @param columns what each holds
 */
record TableFacts(Map<String, ColumnFacts> columns) {

  /** Enough to tell columns apart, and read in a moment. */
  private static final int ROWS = 10_000;

  /** Looks at the first rows of a file. */
  static TableFacts of(DataFile file) {
    Map<String, ColumnFacts> columns = new LinkedHashMap<>();
    try (Stream<Row> rows = file.rows()) {
      rows.limit(ROWS)
          .forEach(
              row ->
                  row.columns()
                      .forEach(
                          (name, value) ->
                              columns
                                  .computeIfAbsent(name, unseen -> new ColumnFacts())
                                  .add(value)));
    }
    return new TableFacts(columns);
  }

  /** Whether most of the texts in some columns are Chinese. */
  boolean isChinese(Iterable<String> names) {
    for (String name : names) {
      if (columns.containsKey(name) && columns.get(name).ideographic() > 0.5) {
        return true;
      }
    }
    return false;
  }
}
