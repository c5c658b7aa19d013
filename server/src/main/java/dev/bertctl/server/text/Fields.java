// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a request's body, checked as they are read. A field that is null counts as missing,
 * and one that nobody reads is passed over: clients send many.
 */
public final class Fields {

  private final JsonNode object;

  private Fields(JsonNode object) {
    this.object = object;
  }

  /**
   * Of a body.
   *
   * @throws ProblemException if it is no object
   */
  public static Fields of(JsonNode body) {
    if (!body.isObject()) {
      throw new ProblemException(
          ProblemType.VALIDATION, "the body is %s; give an object".formatted(kind(body)));
    }
    return new Fields(body);
  }

  /** A field, if it is there. */
  public Optional<JsonNode> find(String name) {
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  /**
   * A field that must be there.
   *
   * @param expected what it is to be, as it follows "give"
   */
  public JsonNode required(String name, String expected) {
    return find(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.VALIDATION,
                    "missing field '%s'; give %s".formatted(name, expected)));
  }

  /** A text that must be there. */
  public String text(String name) {
    JsonNode value = required(name, "a text");
    if (!value.isTextual()) {
      throw wrong(name, value, "a text");
    }
    return value.textValue();
  }

  /** A text, if it is there. */
  public Optional<String> findText(String name) {
    return find(name).map(value -> text(name));
  }

  /** True or false; false if it is missing. */
  public boolean flag(String name) {
    return findFlag(name).orElse(false);
  }

  /** True or false, if it is there. */
  public Optional<Boolean> findFlag(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, value, "true or false");
              }
              return value.booleanValue();
            });
  }

  /** An integer of at least 1, if it is there. */
  public Optional<Integer> findCount(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isInt() || value.intValue() < 1) {
                throw wrong(name, value, "an integer of at least 1");
              }
              return value.intValue();
            });
  }

  /**
   * Texts of a list that must be there.
   *
   * @param name its name, for messages
   * @throws ProblemException naming what is no text; if there are none, too
   */
  public static List<String> texts(String name, JsonNode list) {
    if (!list.isArray()) {
      throw wrong(name, list, "a list of texts");
    }
    requireSome(name, list);
    List<String> texts = new ArrayList<>(list.size());
    for (JsonNode text : list) {
      if (!text.isTextual()) {
        throw wrong("%s[%d]".formatted(name, texts.size()), text, "a text");
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  /** Makes sure that a list is not empty. */
  public static void requireSome(String name, JsonNode list) {
    if (list.isEmpty()) {
      throw new ProblemException(
          ProblemType.EMPTY, "'%s' is empty; give at least one".formatted(name));
    }
  }

  /** The problem that a field is not what it must be. */
  public static ProblemException wrong(String name, JsonNode found, String expected) {
    return new ProblemException(
        ProblemType.VALIDATION, "'%s' is %s; give %s".formatted(name, kind(found), expected));
  }

  private static String kind(JsonNode found) {
    return switch (found.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "the number " + found.asText();
      case BOOLEAN -> found.asText();
      default -> "null";
    };
  }
}
