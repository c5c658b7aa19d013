// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.decode.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entities that were found in a text.
 *
 * @param text the text
 * @param entities in their order
 */
record FoundEntities(String text, List<Entity> entities) implements Prediction {

  @Override
  public Map<String, Object> fields() {
    return Map.of("entities", entities.stream().map(this::fields).toList());
  }

  private Map<String, Object> fields(Entity entity) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", entity.type());
    fields.put("text", text.substring(entity.start(), entity.end()));
    fields.put("start", entity.start());
    fields.put("end", entity.end());
    return fields;
  }
}
