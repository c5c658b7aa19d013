// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a Java program as JSON would have them: texts, {@code Long}, {@code Double}, booleans,
 * lists and maps. An {@code Integer} 3 becomes a {@code Long} 3, an array a list.
 */
final class PlainValues {

  private final Location location;

  /**
   * @param location of the row, for errors
   */
  PlainValues(Location location) {
    this.location = location;
  }

  /** A row; nulls stay. */
  Map<String, Object> row(Map<String, ?> row) {
    Map<String, Object> plain = new LinkedHashMap<>();
    row.forEach((column, value) -> plain.put(column, value(value, column)));
    return plain;
  }

  /**
   * A value of a row.
   *
   * @throws DataException if JSON has nothing like it
   */
  private Object value(Object value, String column) {
    if (value == null || value instanceof Boolean || value instanceof String) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return value.toString();
    }
    if (value instanceof Collection<?> items) {
      return items.stream()
          .collect(ArrayList::new, (all, i) -> all.add(value(i, column)), List::addAll);
    }
    if (value.getClass().isArray()) {
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        items.add(value(Array.get(value, i), column));
      }
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((name, item) -> plain.put(String.valueOf(name), value(item, column)));
      return plain;
    }
    throw new DataException(
        location,
        "column '%s' holds a %s; give a text, a number, a boolean, or a list or map of these"
            .formatted(column, value.getClass().getName()));
  }

  private static Number number(Number number) {
    if (number instanceof Float) {
      return number.doubleValue();
    }
    return number instanceof Double || number instanceof BigDecimal || number instanceof BigInteger
        ? number
        : (Number) number.longValue();
  }
}
