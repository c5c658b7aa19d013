// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads found entities from JSON lines, one row a sentence in the sentences' order. */
record FoundEntitiesReader() implements PredictionReader<Sentence, FoundEntities> {

  private static final Column ENTITIES = Column.named("entities");

  @Override
  public List<FoundEntities> read(DataFile file, List<Sentence> gold, Skipped skipped) {
    try (Stream<Row> rows = file.rows()) {
      List<Row> all = rows.toList();
      if (all.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d sentences; give one row for each sentence, in their order"
                .formatted(all.size(), gold.size()));
      }
      return IntStream.range(0, all.size())
          .mapToObj(i -> new FoundEntities(gold.get(i).text(), entities(all.get(i))))
          .toList();
    }
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
