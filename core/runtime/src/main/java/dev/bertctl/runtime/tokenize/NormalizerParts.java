// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The normalisers that BERT's tokenizers have. Each is linear in the text, and all of one file
 * together make a text at most {@value #LARGEST_GROWTH} times longer than Unicode's own forms do.
 */
final class NormalizerParts {

  private static final Set<String> TYPES =
      Set.of(
          "BertNormalizer",
          "Lowercase",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "Replace",
          "Strip",
          "StripAccents");

  /** In characters: of what is replaced, and of what comes in its place. */
  private static final int LONGEST_REPLACED = 100;

  private static final int LARGEST_GROWTH = 64;

  /** Unicode's longest compatibility form has 18 characters. */
  private static final int LONGEST_COMPATIBILITY_FORM = 18;

  /** Unicode's longest canonical form has 4, and the longest lower case 3. */
  private static final int LONGEST_FORM = 4;

  private boolean replaced;
  private double growth = 1;

  private NormalizerParts() {}

  /**
   * Checks {@code normalizer}.
   *
   * @throws dev.bertctl.runtime.UserException if a part is not one of BERT's, or beyond bounds
   */
  static void check(TokenizerPart part) {
    part.steps(TYPES, "normalizers").forEach(new NormalizerParts()::step);
  }

  private void step(TokenizerPart part) {
    switch (part.type(TYPES)) {
      case "BertNormalizer" -> {
        part.only("clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        part.flag("clean_text");
        part.flag("handle_chinese_chars");
        part.flagOrNull("strip_accents");
        part.flag("lowercase");
        grow(part, LONGEST_FORM);
      }
      case "NFKC", "NFKD" -> {
        part.only();
        grow(part, LONGEST_COMPATIBILITY_FORM);
      }
      case "NFC", "NFD", "Lowercase" -> {
        part.only();
        grow(part, LONGEST_FORM);
      }
      case "Strip" -> {
        part.only("strip_left", "strip_right");
        part.flag("strip_left");
        part.flag("strip_right");
      }
      case "Replace" -> replace(part);
      default -> part.only();
    }
  }

  private void replace(TokenizerPart part) {
    replaced = true;
    if (part.node().equals(WordLevelJson.finalSigma())) {
      return;
    }
    part.only("pattern", "content");
    JsonNode pattern = part.node().path("pattern");
    JsonNode text = pattern.path("String");
    if (pattern.size() != 1 || !text.isTextual()) {
      throw part.refused(
          "pattern",
          "bertctl takes no regular expressions from a file, only {\"String\": a text}; use another model");
    }
    if (text.textValue().isEmpty() || text.textValue().length() > LONGEST_REPLACED) {
      throw part.refused(
          "pattern", "the text must have 1 to %d characters".formatted(LONGEST_REPLACED));
    }
    String content = part.text("content", LONGEST_REPLACED);
    grow(part, Math.max(1, (double) content.length() / text.textValue().length()));
  }

  /** Unicode's forms of a text are stable: only a replacement gives them more to do. */
  private void grow(TokenizerPart part, double factor) {
    growth *= replaced ? factor : 1;
    if (growth > LARGEST_GROWTH) {
      throw part.refused(
          "",
          "with it texts can become more than %d times longer; use another model"
              .formatted(LARGEST_GROWTH));
    }
  }
}
