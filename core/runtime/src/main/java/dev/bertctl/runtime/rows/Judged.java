// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that a task asks for. What nobody asks for is passed through as it is and judged by
 * nobody.
 */
public final class Judged {

  private Judged() {}

  /**
   * A value without nulls: they are left out of maps.
   *
   * @param column the column that it stands in, empty for a whole document
   * @throws DataException if a list holds a null
   */
  public static Object value(Object value, String column, Location location) {
    if (value instanceof List<?> list) {
      List<Object> judged = new ArrayList<>(list.size());
      for (Object element : list) {
        if (element == null) {
          throw new DataException(
              location,
              "a list%s holds a null; write a value or leave it out"
                  .formatted(column.isEmpty() ? "" : " in column '" + column + "'"));
        }
        judged.add(value(element, column, location));
      }
      return Collections.unmodifiableList(judged);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> judged = new LinkedHashMap<>();
      map.forEach(
          (name, member) -> {
            if (member != null) {
              judged.put((String) name, value(member, column, location));
            }
          });
      return Collections.unmodifiableMap(judged);
    }
    return value;
  }
}
