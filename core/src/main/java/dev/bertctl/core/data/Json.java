// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads JSON strictly, as plain Java values. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Characters of a text that a message shows. */
  private static final int SHOWN = 20;

  private Json() {}

  /**
   * Reads one document.
   *
   * @param text the document
   * @param start where it begins; what is wrong is located by counting lines from there
   * @throws DataException if it is malformed
   */
  static Object read(Reader text, Location start) {
    return plain(parse(text, start), start);
  }

  /**
   * The fields of an object.
   *
   * @param values those with a value
   * @param nulls names of those with a null
   */
  record Fields(Map<String, Object> values, Set<String> nulls) {}

  /**
   * Reads one object.
   *
   * @return empty if the document is something else
   * @throws DataException if it is malformed
   */
  static Optional<Fields> fields(String text, Location location) {
    JsonNode node = parse(new StringReader(text), location);
    if (!node.isObject()) {
      return Optional.empty();
    }
    Set<String> nulls =
        node.properties().stream()
            .filter(entry -> entry.getValue().isNull())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return Optional.of(new Fields(object(node, location), nulls));
  }

  private static JsonNode parse(Reader text, Location start) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode node = MAPPER.readTree(parser);
      if (node == null) {
        throw new DataException(new Location(start.file(), 0), "the file is empty");
      }
      if (parser.nextToken() != null) {
        throw malformed(start, parser.currentTokenLocation(), "more follows after the value");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw malformed(start, e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataException malformed(Location start, JsonLocation at, String problem) {
    if (at == null) {
      // Of what is too deep or too long Jackson does not say where it is.
      return new DataException(start, "malformed JSON: " + problem);
    }
    return new DataException(
        new Location(start.file(), start.line() + at.getLineNr() - 1),
        "malformed JSON at column %d: %s".formatted(at.getColumnNr(), problem));
  }

  private static Object plain(JsonNode node, Location start) {
    if (node.isObject()) {
      return object(node, start);
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>(node.size());
      node.forEach(element -> list.add(plain(element, start)));
      return Collections.unmodifiableList(list);
    }
    return scalar(node, start);
  }

  private static Map<String, Object> object(JsonNode node, Location start) {
    Map<String, Object> map = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNull()) {
                map.put(whole(entry.getKey(), start), plain(entry.getValue(), start));
              }
            });
    return Collections.unmodifiableMap(map);
  }

  /** JSON can write half a character, as programs do that cut texts at a number of UTF-16 units. */
  private static String whole(String text, Location start) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.isBmpCodePoint(text.codePointAt(i))) {
          String before = text.substring(Math.max(0, i - SHOWN), i);
          throw new DataException(
              start,
              "a text holds \\u%04x after '%s', which is half a character (a surrogate without the other); write the whole one or remove it"
                  .formatted((int) text.charAt(i), before));
        }
        i++;
      }
    }
    return text;
  }

  private static Object scalar(JsonNode node, Location start) {
    if (node.isTextual()) {
      return whole(node.textValue(), start);
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
      return node.doubleValue();
    }
    throw new DataException(
        start,
        node.isNull()
            ? "a list holds a null; write a value or leave it out"
            : "the number %s is too large; write it as a text".formatted(node.asText()));
  }
}
