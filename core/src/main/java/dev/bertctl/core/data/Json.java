// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.runtime.json.JsonProblem;
import dev.bertctl.runtime.rows.Judged;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON strictly, as plain Java values that say all that the file says: nulls, integers beyond
 * 64 bits, and the NaN and Infinity that Python writes. What a task asks for is judged by {@link
 * Judged}.
 */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Characters of a text that a message shows. */
  private static final int SHOWN = 20;

  private Json() {}

  /** A step of parsing. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IOException;
  }

  /**
   * Reads one document.
   *
   * @param text the document
   * @param start where it begins; what is wrong is located by counting lines from there
   * @throws DataException if it is malformed
   */
  static Object read(Reader text, Location start) {
    return located(
        start,
        () -> {
          try (JsonParser parser = parser(text)) {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null) {
              throw new DataException(new Location(start.file(), 0), "the file is empty");
            }
            if (parser.nextToken() != null) {
              throw malformed(start, parser.currentTokenLocation(), "more follows after the value");
            }
            return plain(node, start);
          }
        });
  }

  /**
   * Reads one object.
   *
   * @return empty if the document is something else
   * @throws DataException if it is malformed
   */
  @SuppressWarnings("unchecked") // maps are of objects, whose keys are texts
  static Optional<Map<String, Object>> object(String text, Location location) {
    return read(new StringReader(text), location) instanceof Map<?, ?> map
        ? Optional.of((Map<String, Object>) map)
        : Optional.empty();
  }

  /** Plain values as JSON lines, in UTF-8. */
  static byte[] lines(List<Map<String, Object>> rows) {
    StringBuilder lines = new StringBuilder();
    try {
      for (Map<String, Object> row : rows) {
        lines.append(MAPPER.writeValueAsString(row)).append('\n');
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a row that is no plain values: " + rows, e);
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A parser of several values; closes the text. */
  static JsonParser parser(Reader text) throws IOException {
    return MAPPER.createParser(text);
  }

  /**
   * The value that a parser is at.
   *
   * @param start where it begins
   */
  static Object value(JsonParser parser, Location start) throws IOException {
    JsonNode node = MAPPER.readTree(parser);
    return plain(node, start);
  }

  /**
   * Does a step of parsing.
   *
   * @param start where the text begins
   * @throws DataException naming the line, if the text is malformed
   */
  static <T> T located(Location start, Step<T> step) {
    try {
      return step.take();
    } catch (JsonProcessingException e) {
      throw malformed(start, e.getLocation(), JsonProblem.of(e));
    } catch (NumberFormatException e) {
      throw new DataException(start, "malformed JSON: a number is too long or too large");
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
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties()
          .forEach(entry -> map.put(whole(entry.getKey(), start), plain(entry.getValue(), start)));
      return Collections.unmodifiableMap(map);
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>(node.size());
      node.forEach(element -> list.add(plain(element, start)));
      return Collections.unmodifiableList(list);
    }
    return scalar(node, start);
  }

  private static Object scalar(JsonNode node, Location start) {
    if (node.isNull()) {
      return null;
    }
    if (node.isTextual()) {
      return whole(node.textValue(), start);
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
    }
    double number = node.doubleValue();
    if (!node.isBigDecimal() || isExact(number, node.decimalValue())) {
      return number;
    }
    return node.decimalValue();
  }

  private static boolean isExact(double number, BigDecimal decimal) {
    return Double.isFinite(number) && BigDecimal.valueOf(number).compareTo(decimal) == 0;
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
}
