// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Objects that were seen in one place of many JSON values. */
final class JsonObjects {

  /** Objects with more keys in all are no structs: their keys are most likely data. */
  private static final int MOST_KEYS = 1_000;

  private final Map<String, JsonType> fields = new LinkedHashMap<>();

  /** Of all fields together, once there are too many to keep them apart. */
  private Optional<JsonType> together = Optional.empty();

  /** Of the first object. */
  private Optional<List<String>> keys = Optional.empty();

  private boolean alike = true;

  /** Adds the object at whose beginning a parser is. */
  void add(JsonParser parser) throws IOException {
    List<String> present = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      field(key).add(parser);
      present.add(key);
    }
    compare(present);
  }

  /** Adds what was seen elsewhere. */
  void addAll(JsonObjects other) {
    other.together.ifPresent(type -> joined().addAll(type));
    other.fields.forEach((key, type) -> field(key).addAll(type));
    other.keys.ifPresent(this::compare);
    alike &= other.alike;
  }

  private JsonType field(String key) {
    return together.orElseGet(() -> fields.computeIfAbsent(key, name -> new JsonType()));
  }

  /** Even if they are alike, they need not be so in another file of this kind. */
  void keysAreData() {
    alike = false;
  }

  private void compare(List<String> present) {
    alike &= keys.map(present::equals).orElse(true);
    keys = keys.or(() -> Optional.of(present));
    if (fields.size() > MOST_KEYS) {
      joined();
    }
  }

  /** From now on fields are not kept apart. */
  private JsonType joined() {
    if (together.isEmpty()) {
      together = Optional.of(allFields());
      fields.clear();
    }
    return together.get();
  }

  private JsonType allFields() {
    JsonType all = new JsonType();
    fields.values().forEach(all::addAll);
    return all;
  }

  /** Whether values of several types would have to share one if it were a map. */
  boolean isMixed() {
    return together
        .map(JsonType::isMixed)
        .orElseGet(() -> !keysAreNames() || fields.values().stream().anyMatch(JsonType::isMixed));
  }

  private boolean keysAreNames() {
    ParquetNames names = new ParquetNames();
    return fields.keySet().stream().allMatch(key -> names.problem(key).isEmpty());
  }

  /**
   * The type that says most. Objects that are alike are a struct. Where their keys differ, or come
   * in another order, they are a map if their values have one type, which keeps both, else a struct
   * in which some fields are null.
   *
   * @param depth how deep it lies
   */
  String type(int depth) {
    boolean struct = !fields.isEmpty() && keysAreNames();
    if (struct && alike) {
      return struct(depth);
    }
    JsonType values = together.orElseGet(this::allFields);
    if (!values.isMixed()) {
      return "MAP(VARCHAR, %s)".formatted(values.type(depth + 1));
    }
    return struct ? struct(depth) : JsonType.TEXT;
  }

  private String struct(int depth) {
    return fields.entrySet().stream()
        .map(field -> Sql.identifier(field.getKey()) + " " + field.getValue().type(depth + 1))
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }
}
