// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value in a JSON document, with its path, so that errors can say where: {@code
 * data[3].paragraphs[1].qas[0]}.
 *
 * @param file the document, or the row it is in
 * @param path from the document to the value, empty for the document itself
 * @param value a plain Java value, see {@link DataFile#json()}
 */
record JsonValue(Location file, String path, Object value) {

  static JsonValue document(DataFile file) {
    return new JsonValue(file.location(), "", file.json());
  }

  /** File and path. */
  Location location() {
    return path.isEmpty() ? file : new Location(file + ": " + path, 0);
  }

  DataException error(String problem) {
    return new DataException(location(), problem);
  }

  /** A member of an object, if there is one of that name. */
  Optional<JsonValue> find(String name) {
    if (!(value instanceof Map<?, ?> map)) {
      throw error("is no JSON object; SQuAD's form has one here, with '%s'".formatted(name));
    }
    return Optional.ofNullable(map.get(name))
        .map(member -> new JsonValue(file, path.isEmpty() ? name : path + "." + name, member));
  }

  /** A member of an object. */
  JsonValue get(String name) {
    return find(name)
        .orElseThrow(() -> error("has no '%s'; SQuAD's form has one here".formatted(name)));
  }

  /** The items of a member that is a list. */
  Stream<JsonValue> list(String name) {
    return get(name).items();
  }

  /** The items of a list. */
  Stream<JsonValue> items() {
    if (!(value instanceof List<?> list)) {
      throw error("is no list; SQuAD's form has one here");
    }
    return IntStream.range(0, list.size())
        .mapToObj(i -> new JsonValue(file, "%s[%d]".formatted(path, i), list.get(i)));
  }

  /** A text, or a number as text. */
  String text() {
    if (value instanceof Map || value instanceof List) {
      throw error("is no text, but a JSON " + (value instanceof Map ? "object" : "list"));
    }
    return value.toString();
  }

  /** An integer. */
  long number() {
    try {
      return Long.parseLong(text());
    } catch (NumberFormatException e) {
      throw error("is no integer: '%s'".formatted(value));
    }
  }
}
