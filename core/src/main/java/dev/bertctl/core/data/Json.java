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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON strictly, as plain Java values. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Reads one document.
   *
   * @param text the document
   * @param start where it begins; what is wrong is located by counting lines from there
   * @throws DataException if it is malformed
   */
  static Object read(Reader text, Location start) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode node = MAPPER.readTree(parser);
      if (node == null) {
        throw new DataException(new Location(start.file(), 0), "the file is empty");
      }
      if (parser.nextToken() != null) {
        throw malformed(start, parser.currentTokenLocation(), "more follows after the value");
      }
      return plain(node, start);
    } catch (JsonProcessingException e) {
      throw malformed(start, e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataException malformed(Location start, JsonLocation at, String problem) {
    return new DataException(
        new Location(start.file(), start.line() + at.getLineNr() - 1),
        "malformed JSON at column %d: %s".formatted(at.getColumnNr(), problem));
  }

  private static Object plain(JsonNode node, Location start) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties()
          .forEach(
              entry -> {
                if (!entry.getValue().isNull()) {
                  map.put(entry.getKey(), plain(entry.getValue(), start));
                }
              });
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
    if (node.isTextual()) {
      return node.textValue();
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
