// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Facts as JSON has them: of numbers that are not finite there is nothing. */
final class PlainValues {

  private PlainValues() {}

  static Map<String, Object> ofMap(Map<?, ?> map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach((key, each) -> plain.put(key.toString(), of(each)));
    return plain;
  }

  private static Object of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>(list.size());
      list.forEach(each -> plain.add(of(each)));
      return plain;
    }
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }
}
