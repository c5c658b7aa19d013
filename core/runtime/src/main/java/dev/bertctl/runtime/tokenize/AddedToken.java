// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFields;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A token that is looked for in a text before the text is split into words, as Hugging Face's
 * tokenizers library has it.
 *
 * @param content how it is written
 * @param singleWord {@code single_word}: whether it is found only between characters that are not
 *     of a word
 * @param lstrip whether white space before it belongs to it
 * @param rstrip whether white space behind it belongs to it
 * @param normalized whether it is looked for in the normalised text, such as a lower-cased one; if
 *     empty, it is unless it is special
 * @param special whether it is one of the special tokens, of which the model makes its sequences
 */
record AddedToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    Optional<Boolean> normalized,
    boolean special) {

  /** In characters; such tokens are words and names in brackets. */
  static final int LONGEST = 1000;

  /** A special token that is found anywhere. */
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, Optional.of(false), true);
  }

  /** A token that the vocabulary's file lacks, found anywhere in the normalised text. */
  static AddedToken ordinary(String content) {
    return new AddedToken(content, false, false, false, Optional.of(true), false);
  }

  /**
   * Reads an object with {@code content} and those of the flags that are set; a text stands for a
   * special token.
   *
   * @param file the file it stands in, for errors
   * @param key what it is the value of, for errors
   * @throws UserException if it is neither, or has no content
   */
  static AddedToken of(Path file, String key, JsonNode value) {
    JsonNode content = value.isObject() ? value.path("content") : value;
    if (!content.isTextual() || content.textValue().isEmpty()) {
      throw new UserException(
          "%s: '%s' is %s; it must be a token, such as \"[PAD]\""
              .formatted(file, key, JsonFields.shown(value)));
    }
    if (wellFormed(file, content.textValue()).length() > LONGEST) {
      throw new UserException(
          "%s: '%s' is a token of %d characters; the longest that bertctl takes has %d"
              .formatted(file, key, content.textValue().length(), LONGEST));
    }
    if (value.isTextual()) {
      return special(content.textValue());
    }
    return new AddedToken(
        content.textValue(),
        flag(file, key, value, "single_word").orElse(false),
        flag(file, key, value, "lstrip").orElse(false),
        flag(file, key, value, "rstrip").orElse(false),
        flag(file, key, value, "normalized"),
        flag(file, key, value, "special").orElse(false));
  }

  /**
   * A token as it is.
   *
   * @throws UserException if it has half a surrogate pair, which is no character, and which
   *     libraries make other tokens of
   */
  private static String wellFormed(Path file, String token) {
    if (token
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw new UserException(
          "%s: a token has half a surrogate pair, '%s', which is no character; fetch the model again"
              .formatted(file, token.replaceAll("\\p{Cs}", "\\\\u....")));
    }
    return token;
  }

  private static Optional<Boolean> flag(Path file, String key, JsonNode token, String name) {
    JsonNode value = token.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new UserException(
          "%s: '%s' has a '%s' that is %s; it must be true or false"
              .formatted(file, key, name, JsonFields.shown(value)));
    }
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.booleanValue());
  }

  /** The same, as one of the special tokens. */
  AddedToken asSpecial() {
    return new AddedToken(content, singleWord, lstrip, rstrip, normalized, true);
  }

  /** The same, with all flags said. */
  AddedToken resolved() {
    return new AddedToken(
        content, singleWord, lstrip, rstrip, Optional.of(normalized.orElse(!special)), special);
  }

  /** As it is listed in a tokenizer.json. */
  void addTo(ObjectNode entry, int id) {
    entry.put("id", id);
    entry.put("content", content);
    entry.put("single_word", singleWord);
    entry.put("lstrip", lstrip);
    entry.put("rstrip", rstrip);
    entry.put("normalized", normalized.orElse(!special));
    entry.put("special", special);
  }
}
