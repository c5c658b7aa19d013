// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Spark's rows as rows of a Java program have them. */
final class RowValues {

  private RowValues() {}

  /** A value: a text, a number, a boolean, a list or a map of these; dates and times are texts. */
  static Object plain(Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number) {
      return value instanceof scala.math.BigDecimal decimal ? decimal.bigDecimal() : value;
    }
    if (value instanceof scala.collection.Seq<?> items) {
      List<Object> plain = new ArrayList<>(items.size());
      CollectionConverters.asJava(items).forEach(item -> plain.add(plain(item)));
      return plain;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      CollectionConverters.asJava(map)
          .forEach((name, item) -> plain.put(String.valueOf(name), plain(item)));
      return plain;
    }
    if (value instanceof Row struct) {
      Map<String, Object> plain = new LinkedHashMap<>();
      String[] names = struct.schema().fieldNames();
      for (int i = 0; i < names.length; i++) {
        if (!struct.isNullAt(i)) {
          plain.put(names[i], plain(struct.get(i)));
        }
      }
      return plain;
    }
    return value.toString();
  }
}
