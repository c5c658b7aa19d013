// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.files.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object in a JSON file that bertctl wrote, read by types: what is missing or of another type is
 * an error that names file and key, never a default.
 *
 * @param file the file
 * @param key where the object stands in it, such as {@code log.events}; empty for the whole
 * @param node the object
 */
public record JsonFields(Path file, String key, JsonNode node) {

  /** More of a value would hide the rest of a message. */
  private static final int LONGEST_SHOWN = 60;

  /**
   * @throws FileException if it is no object
   */
  public JsonFields {
    if (!node.isObject()) {
      throw wrong(file, key, node, "an object");
    }
  }

  /** The whole of a file. */
  public static JsonFields of(Path file, JsonNode root) {
    return new JsonFields(file, "", root);
  }

  /** Whether there is a value. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** An object in it. */
  public JsonFields object(String name) {
    return new JsonFields(file, keyOf(name), node.path(name));
  }

  /** An object that may be missing. */
  public Optional<JsonFields> objectIfThere(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** The objects of a list. */
  public List<JsonFields> objects(String name) {
    JsonNode list = list(name);
    List<JsonFields> all = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      all.add(new JsonFields(file, "%s[%d]".formatted(keyOf(name), i), list.get(i)));
    }
    return all;
  }

  /** The texts of a list. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list(name)) {
      texts.add(text(keyOf(name), text));
    }
    return texts;
  }

  /** A list. */
  public JsonNode list(String name) {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw wrong(file, keyOf(name), value, "a list");
    }
    return value;
  }

  /** A text. */
  public String text(String name) {
    return text(keyOf(name), node.path(name));
  }

  private String text(String where, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(file, where, value, "a text");
    }
    return value.textValue();
  }

  /** True or false. */
  public boolean flag(String name) {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw wrong(file, keyOf(name), value, "true or false");
    }
    return value.booleanValue();
  }

  /** An integer from 0. */
  public long count(String name) {
    JsonNode value = node.path(name);
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
      throw wrong(file, keyOf(name), value, "an integer from 0");
    }
    return value.longValue();
  }

  /** An integer. */
  public int integer(String name) {
    JsonNode value = node.path(name);
    if (!value.isInt()) {
      throw wrong(file, keyOf(name), value, "an integer");
    }
    return value.intValue();
  }

  /** A number; one that is not finite stands as a text in JSON. */
  public double number(String name) {
    return integerOrNumber(name).doubleValue();
  }

  /** As {@link #number}, an integer as one. */
  public Number integerOrNumber(String name) {
    JsonNode value = node.path(name);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isFloatingPointNumber()) {
      return value.doubleValue();
    }
    return switch (value.isTextual() ? value.textValue() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(name, "a number");
    };
  }

  /** Texts by key, in their order. */
  public Map<String, String> textsByKey() {
    return byKey(this::text);
  }

  /** Numbers by key, in their order. */
  public Map<String, Double> numbersByKey() {
    return byKey(this::number);
  }

  /** All values by key, in their order, each read by its key. */
  public <T> Map<String, T> byKey(Function<String, T> reading) {
    Map<String, T> all = new LinkedHashMap<>();
    node.fieldNames().forEachRemaining(name -> all.put(name, reading.apply(name)));
    return all;
  }

  /** Where a value of it stands in the file. */
  private String keyOf(String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  /** What is wrong with one of its values. */
  public FileException wrong(String name, String expected) {
    return wrong(file, keyOf(name), node.path(name), expected);
  }

  private static FileException wrong(Path file, String key, JsonNode value, String expected) {
    return FileException.damaged(
        file,
        "%s is %s, not %s"
            .formatted(key.isEmpty() ? "what it holds" : "'" + key + "'", shown(value), expected));
  }

  /** A value, or the beginning of a long one, for a message. */
  public static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
  }
}
