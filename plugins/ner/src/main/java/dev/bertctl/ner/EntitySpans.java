// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the places of entities in a text: objects with {@code start}, {@code end} and {@code type}
 * (or {@code label}, or one of {@code labels}; {@code start_offset} and {@code end_offset} are
 * understood too), or lists of these three, as spaCy and doccano have them. Places count Unicode
 * characters (code points) from 0, as Python does; the end is exclusive. Where an object's {@code
 * text} shows that its places are JavaScript's, which count UTF-16, they are taken so.
 */
final class EntitySpans {

  private final Location location;
  private final String text;
  private final CharacterPlaces places;

  private EntitySpans(Location location, String text) {
    this.location = location;
    this.text = text;
    this.places = new CharacterPlaces(text);
  }

  /**
   * The entities of a text, in their order in it.
   *
   * @throws DataException if they overlap, lie outside the text, or have the wrong form
   */
  static List<Span> of(Location location, String text, List<?> items) {
    return new EntitySpans(location, text).read(items);
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
    List<Object> item =
        List.of(value(map, "start", "start_offset"), value(map, "end", "end_offset"), type(map));
    if (map.get("text") instanceof String expected && !expected.isEmpty()) {
      return placed(item, map, expected);
    }
    return span(item, map);
  }

  /** An entity that says what text it is. */
  private Span placed(List<Object> item, Map<?, ?> map, String expected) {
    if (item.get(0) instanceof Long start
        && item.get(1) instanceof Long end
        && item.get(2) instanceof String type
        && !type.isEmpty()
        && !isAt(expected, start, end)
        && start >= 0
        && end - start == expected.length()
        && text.startsWith(expected, Math.toIntExact(start))) {
      return new Span(type, start.intValue(), end.intValue());
    }
    Span span = span(item, map);
    if (!expected.equals(text.substring(span.start(), span.end()))) {
      throw new DataException(
          location,
          "the entity '%s' is not at its place: there is %s; places count Unicode characters (code points) from 0, and 'end' is one past the last"
              .formatted(expected, describe(span)));
    }
    return span;
  }

  private boolean isAt(String expected, long start, long end) {
    return start >= 0
        && start <= end
        && end <= places.length()
        && expected.equals(text.substring(places.index((int) start), places.index((int) end)));
  }

  private Object type(Map<?, ?> map) {
    Object type = value(map, "type", "label", "labels");
    if (type instanceof List<?> several && several.size() > 1) {
      throw new DataException(
          location,
          "an entity has the types %s, but a word has only one tag; leave all but one out"
              .formatted(several));
    }
    return type instanceof List<?> one && one.size() == 1 ? one.get(0) : type;
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
      if (start < 0 || start >= end || end > places.length()) {
        throw new DataException(
            location,
            "an entity from %d to %d in a text of %d characters; 0 <= start < end <= %d must hold"
                .formatted(start, end, places.length(), places.length()));
      }
      return new Span(type, places.index(start.intValue()), places.index(end.intValue()));
    }
    throw new DataException(
        location,
        item instanceof String
            ? "'%s' is a label of the whole text, as doccano and others export the classification of texts; entities need their places, such as [0, 4, \"PER\"]"
                .formatted(written)
            : "an entity must be {\"start\": 0, \"end\": 4, \"type\": \"PER\"} or [0, 4, \"PER\"], not %s"
                .formatted(written));
  }

  private String describe(Span span) {
    return "'%s' (%s)".formatted(text.substring(span.start(), span.end()), span.type());
  }
}
