// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a dataset that a task gets to see.
 *
 * @param names what the task is told that they are called
 * @param places where they stand
 */
record InputColumns(List<String> names, List<Integer> places) implements Serializable {

  /** Copies the lists. */
  InputColumns {
    names = List.copyOf(names);
    places = List.copyOf(places);
  }

  /**
   * Finds columns.
   *
   * @param chosen {@code COLUMN}, or {@code NAME=COLUMN} for a column that the task has another
   *     name for; none for all but those with bytes
   * @throws UserException naming one that is not there
   */
  static InputColumns of(String[] chosen, StructType schema) {
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (String one : chosen.length > 0 ? chosen : readable(schema)) {
      boolean renamed = chosen.length > 0 && one.indexOf('=') > 0;
      int equals = renamed ? one.indexOf('=') : -1;
      String column = one.substring(equals + 1);
      places.add(place(column, schema));
      names.add(renamed ? one.substring(0, equals) : column);
    }
    return new InputColumns(names, places);
  }

  private static String[] readable(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(field -> !(field.dataType() instanceof BinaryType))
        .map(StructField::name)
        .toArray(String[]::new);
  }

  private static int place(String column, StructType schema) {
    String[] names = schema.fieldNames();
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(column)) {
        return i;
      }
    }
    throw new UserException(
        "inputCols names '%s', and the dataset has the columns %s; name one of these"
            .formatted(column, String.join(", ", names)));
  }

  /** A row as the task reads it. */
  Map<String, Object> row(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), RowValues.plain(row.get(places.get(i))));
    }
    return values;
  }
}
