// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was seen in one place of many JSON values, and the SQL type that holds all of it. Values of
 * several types are text: texts as they are, others as JSON.
 */
final class JsonType {

  /** Holds whatever there is. */
  static final String TEXT = "VARCHAR";

  /** What lies deeper is text; DuckDB's own limit is farther off. */
  private static final int DEEPEST = 16;

  private final JsonNumbers numbers = new JsonNumbers();
  private boolean texts;
  private boolean booleans;
  private Optional<JsonType> elements = Optional.empty();
  private Optional<JsonObjects> objects = Optional.empty();

  /** Adds the value that a parser is at. */
  void add(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_NULL -> {}
      case VALUE_STRING -> texts = true;
      case VALUE_TRUE, VALUE_FALSE -> booleans = true;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numbers.add(parser);
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements().add(parser);
        }
        elements();
      }
      case START_OBJECT -> objects().add(parser);
      default -> throw new IllegalStateException("no value: " + parser.currentToken());
    }
  }

  /** Adds what was seen elsewhere. */
  void addAll(JsonType other) {
    numbers.addAll(other.numbers);
    texts |= other.texts;
    booleans |= other.booleans;
    other.elements.ifPresent(type -> elements().addAll(type));
    other.objects.ifPresent(seen -> objects().addAll(seen));
  }

  /** Of objects: their keys tell something of the row, and are no fields. */
  void keysAreData() {
    objects.ifPresent(JsonObjects::keysAreData);
  }

  private JsonType elements() {
    elements = elements.or(() -> Optional.of(new JsonType()));
    return elements.get();
  }

  private JsonObjects objects() {
    objects = objects.or(() -> Optional.of(new JsonObjects()));
    return objects.get();
  }

  private long kinds() {
    return Stream.of(texts, booleans, !numbers.isEmpty(), elements.isPresent(), objects.isPresent())
        .filter(seen -> seen)
        .count();
  }

  /** Whether, here or within, there are values that only text holds together. */
  boolean isMixed() {
    return kinds() > 1
        || !numbers.isEmpty() && numbers.type().isEmpty()
        || elements.map(JsonType::isMixed).orElse(false)
        || objects.map(JsonObjects::isMixed).orElse(false);
  }

  /**
   * The type of a column.
   *
   * @param depth how deep it lies
   */
  String type(int depth) {
    if (kinds() != 1 || texts || depth > DEEPEST) {
      return TEXT;
    }
    if (booleans) {
      return "BOOLEAN";
    }
    return elements
        .map(type -> type.type(depth + 1) + "[]")
        .or(() -> objects.map(seen -> seen.type(depth)))
        .or(numbers::type)
        .orElse(TEXT);
  }
}
