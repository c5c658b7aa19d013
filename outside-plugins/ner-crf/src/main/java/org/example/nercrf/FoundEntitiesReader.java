// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.Map;

/** Reads a sentence's found entities from a row of JSON lines. */
final class FoundEntitiesReader {

  private static final Column ENTITIES = Column.named("entities");

  private FoundEntitiesReader() {}

  static FoundEntities read(Row row, Sentence sentence) {
    return new FoundEntities(sentence.text(), entities(row));
  }

  private static List<Entity> entities(Row row) {
    if (row.value(ENTITIES) instanceof List<?> list) {
      return list.stream().map(item -> entity(item, row)).toList();
    }
    throw malformed(row);
  }

  private static Entity entity(Object item, Row row) {
    if (item instanceof Map<?, ?> fields
        && fields.get("type") instanceof String type
        && fields.get("start") instanceof Number start
        && fields.get("end") instanceof Number end) {
      return new Entity(type, start.intValue(), end.intValue());
    }
    throw malformed(row);
  }

  private static DataException malformed(Row row) {
    return new DataException(
        row.location(),
        "'entities' is no list of objects with 'type', 'start' and 'end'; correct the row");
  }
}
