// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the places of entities in a text: objects with {@code start}, {@code end} and {@code type}
 * (or {@code label}; {@code start_offset} and {@code end_offset} are understood too), or lists of
 * these three, as spaCy and doccano have them. Places count Unicode characters (code points) from
 * 0, as Python does; the end is exclusive.
 */
final class EntitySpans {

  private static final Column ENTITIES = JsonlReader.ENTITIES;

  private final Location location;
  private final String text;
  private final int length;

  private EntitySpans(Location location, String text) {
    this.location = location;
    this.text = text;
    this.length = text.codePointCount(0, text.length());
  }

  /**
   * The entities of a row, in their order in the text.
   *
   * @throws DataException if they overlap, lie outside the text, or have the wrong form
   */
  static List<Span> of(Row row, String text) {
    if (!(row.value(ENTITIES) instanceof List<?> items)) {
      throw new DataException(
          row.location(),
          "'%s' is not a JSON list; use [] where there is no entity".formatted(ENTITIES.name()));
    }
    return new EntitySpans(row.location(), text).read(items);
  }

  private List<Span> read(List<?> items) {
    List<Span> spans = new ArrayList<>(items.size());
    for (Object item : items) {
      spans.add(item instanceof Map<?, ?> map ? span(map) : span(item, item));
    }
    spans.sort(Comparator.comparingInt(Span::start));
    for (int i = 1; i < spans.size(); i++) {
      Span before = spans.get(i - 1);
      if (spans.get(i).start() < before.end()) {
        throw new DataException(
            location,
            "the entities %s and %s overlap, but a word has only one tag; leave one of them out"
                .formatted(describe(before), describe(spans.get(i))));
      }
    }
    return spans;
  }

  private Span span(Map<?, ?> map) {
    Span span =
        span(
            List.of(
                value(map, "start", "start_offset"),
                value(map, "end", "end_offset"),
                value(map, "type", "label")),
            map);
    if (map.get("text") instanceof String expected
        && !expected.equals(text.substring(span.start(), span.end()))) {
      throw new DataException(
          location,
          "the entity '%s' is not at its place: there is %s; places count Unicode characters (code points) from 0, and 'end' is one past the last"
              .formatted(expected, describe(span)));
    }
    return span;
  }

  /** The value of the first key that there is; an empty text if there is none. */
  private static Object value(Map<?, ?> map, String... keys) {
    return Stream.of(keys).filter(map::containsKey).findFirst().<Object>map(map::get).orElse("");
  }

  /**
   * Reads an entity.
   *
   * @param item start, end and type
   * @param written what the row has, for messages
   */
  private Span span(Object item, Object written) {
    if (item instanceof List<?> list
        && list.size() == 3
        && list.get(0) instanceof Long start
        && list.get(1) instanceof Long end
        && list.get(2) instanceof String type
        && !type.isEmpty()) {
      if (start < 0 || start >= end || end > length) {
        throw new DataException(
            location,
            "an entity from %d to %d in a text of %d characters; 0 <= start < end <= %d must hold"
                .formatted(start, end, length, length));
      }
      int from = text.offsetByCodePoints(0, start.intValue());
      return new Span(type, from, text.offsetByCodePoints(from, (int) (end - start)));
    }
    throw new DataException(
        location,
        "an entity must be {\"start\": 0, \"end\": 4, \"type\": \"PER\"} or [0, 4, \"PER\"], not %s"
            .formatted(written));
  }

  private String describe(Span span) {
    return "'%s' (%s)".formatted(text.substring(span.start(), span.end()), span.type());
  }
}
