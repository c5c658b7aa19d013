// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of a tokenizer.json, read by types and within bounds.
 *
 * @param source the file, for errors
 * @param key where it stands, such as {@code normalizer.normalizers[1]}
 * @param node the object
 */
record TokenizerPart(Path source, String key, JsonNode node) {

  /** The most parts that a sequence has: more is an attack. */
  private static final int MOST_STEPS = 16;

  /**
   * What kind of part it is.
   *
   * @throws UserException if it is none of the known ones, or has keys beside those it may have
   */
  String type(Set<String> known) {
    if (!node.isObject()) {
      throw refused("", "it must be an object with a type, or null");
    }
    JsonNode type = node.path("type");
    if (!type.isTextual() || !known.contains(type.textValue())) {
      throw refused(
          "type",
          "bertctl takes the parts that BERT's tokenizers have, here %s; use a model with one of them"
              .formatted(String.join(", ", new TreeSet<>(known))));
    }
    return type.textValue();
  }

  /** Checks that it has no other keys than these and its type. */
  void only(String... keys) {
    Set<String> known = Set.of(keys);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("type") && !known.contains(name)) {
                throw refused(name, "bertctl knows no such key there; take it out");
              }
            });
  }

  /** A text. */
  String text(String name, int longest) {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.textValue().length() > longest) {
      throw refused(name, "it must be a text of at most %d characters".formatted(longest));
    }
    return value.textValue();
  }

  /** A setting. */
  void flag(String name) {
    if (!node.path(name).isBoolean()) {
      throw refused(name, "it must be true or false");
    }
  }

  /** A setting that may be null or missing. */
  void flagOrNull(String name) {
    if (!node.path(name).isNull() && !node.path(name).isMissingNode()) {
      flag(name);
    }
  }

  /** An integer from 1. */
  void count(String name, int largest) {
    JsonNode value = node.path(name);
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > largest) {
      throw refused(name, "it must be an integer from 1 to %d".formatted(largest));
    }
  }

  /** One of some words. */
  void word(String name, Set<String> words) {
    if (!node.path(name).isTextual() || !words.contains(node.path(name).textValue())) {
      throw refused(name, "it must be one of " + String.join(", ", new TreeSet<>(words)));
    }
  }

  /**
   * The parts of a sequence, or the part itself where it is none. A sequence in a sequence does
   * nothing that one would not.
   *
   * @param known the types of parts that are no sequences
   * @param name the key of the sequence's parts
   */
  List<TokenizerPart> steps(Set<String> known, String name) {
    Set<String> orSequence = new TreeSet<>(known);
    orSequence.add("Sequence");
    if (!type(orSequence).equals("Sequence")) {
      return List.of(this);
    }
    only(name);
    JsonNode list = node.path(name);
    if (!list.isArray() || list.size() > MOST_STEPS) {
      throw refused(name, "it must be a list of at most %d parts".formatted(MOST_STEPS));
    }
    List<TokenizerPart> steps = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      steps.add(new TokenizerPart(source, "%s.%s[%d]".formatted(key, name, i), list.get(i)));
    }
    return steps;
  }

  /** What is wrong with the value of a key of its, or with itself if the key is empty. */
  UserException refused(String name, String why) {
    JsonNode value = name.isEmpty() ? node : node.path(name);
    return new UserException(
        "%s: %s is %s; %s"
            .formatted(
                source, name.isEmpty() ? key : key + "." + name, JsonFields.shown(value), why));
  }
}
