// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Entities as CLUENER has them: the places of each text of each type, whose ends are inclusive.
 * {@code {"address": {"台湾": [[15, 16]]}}} is the entity {@code 台湾} from 15 to 17.
 */
final class Cluener {

  private Cluener() {}

  /** The entities, as {@link EntitySpans} reads them. */
  static List<?> entities(Location location, Map<?, ?> types) {
    List<Object> entities = new ArrayList<>();
    types.forEach(
        (type, texts) ->
            map(location, texts)
                .forEach(
                    (text, places) -> {
                      for (Object place : list(location, places)) {
                        entities.add(entity(location, type, text, place));
                      }
                    }));
    return entities;
  }

  private static Map<String, Object> entity(
      Location location, Object type, Object text, Object place) {
    if (place instanceof List<?> ends
        && ends.size() == 2
        && ends.get(0) instanceof Long start
        && ends.get(1) instanceof Long last) {
      return Map.of("start", start, "end", last + 1, "type", type, "text", text);
    }
    throw malformed(location, place);
  }

  private static Map<?, ?> map(Location location, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw malformed(location, value);
  }

  private static List<?> list(Location location, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw malformed(location, value);
  }

  private static DataException malformed(Location location, Object value) {
    return new DataException(
        location,
        "entities in an object must be as CLUENER has them, {\"name\": {\"Ann\": [[0, 2]]}} with the place of the last character, not %s; or give a list of {\"start\": 0, \"end\": 3, \"type\": \"name\"}"
            .formatted(value));
  }
}
