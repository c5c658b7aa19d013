// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.Set;

/**
 * The parts of a tokenizer.json that BERT's tokenizers have. Hugging Face's library has many more,
 * some of which abort the process, overflow its stack or take for ever when a file is made for
 * that: it sees no file that was not checked here.
 */
final class TokenizerParts {

  private static final Set<String> KEYS =
      Set.of(
          "version",
          "truncation",
          "padding",
          "added_tokens",
          "normalizer",
          "pre_tokenizer",
          "post_processor",
          "decoder",
          "model");

  private static final Set<String> SPLITTERS =
      Set.of("BertPreTokenizer", "Digits", "Punctuation", "Split", "Whitespace", "WhitespaceSplit");

  private static final Set<String> BEHAVIORS =
      Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");

  private static final int LONGEST_PREFIX = 16;

  /** Of a word that is split into pieces, in characters: the work grows with its square. */
  private static final int LONGEST_WORD = 200;

  private TokenizerParts() {}

  /**
   * Checks all parts but the added tokens and the post-processor, which are written anew.
   *
   * @throws UserException naming the file and the key, if a part is not one of BERT's or a value is
   *     out of bounds
   */
  static void check(Path source, ObjectNode root) {
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new UserException(
                    "%s: has a '%s', which no tokenizer.json has; take it out"
                        .formatted(source, key));
              }
            });
    if (isThere(root, "normalizer")) {
      NormalizerParts.check(part(source, root, "normalizer"));
    }
    if (isThere(root, "pre_tokenizer")) {
      part(source, root, "pre_tokenizer")
          .steps(SPLITTERS, "pretokenizers")
          .forEach(TokenizerParts::splitter);
    }
    if (isThere(root, "decoder")) {
      decoder(part(source, root, "decoder"));
    }
    model(part(source, root, "model"));
  }

  /** Says what files of old versions leave out: that a model which splits words is WordPiece. */
  static void nameModel(ObjectNode root) {
    if (root.path("model") instanceof ObjectNode model
        && !model.has("type")
        && model.has("continuing_subword_prefix")
        && model.has("max_input_chars_per_word")) {
      model.put("type", "WordPiece");
    }
  }

  private static boolean isThere(ObjectNode root, String key) {
    JsonNode value = root.path(key);
    return !value.isMissingNode() && !value.isNull();
  }

  private static TokenizerPart part(Path source, ObjectNode root, String key) {
    return new TokenizerPart(source, key, root.path(key));
  }

  private static void splitter(TokenizerPart part) {
    switch (part.type(SPLITTERS)) {
      case "Digits" -> {
        part.only("individual_digits");
        part.flag("individual_digits");
      }
      case "Punctuation" -> {
        part.only("behavior");
        if (part.node().has("behavior")) {
          part.word("behavior", BEHAVIORS);
        }
      }
      case "Split" -> {
        if (!part.node().equals(WordLevelJson.splitter())) {
          throw part.refused(
              "pattern",
              "bertctl takes no patterns to split by from a file but that for white space in its own files; use another model");
        }
      }
      default -> part.only();
    }
  }

  private static void decoder(TokenizerPart part) {
    part.type(Set.of("WordPiece"));
    part.only("prefix", "cleanup");
    part.text("prefix", LONGEST_PREFIX);
    part.flag("cleanup");
  }

  private static void model(TokenizerPart part) {
    // A file of words may have the keys of one of word pieces, which then say nothing.
    part.only("unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab");
    if (part.type(Set.of("WordPiece", "WordLevel")).equals("WordPiece")) {
      part.text("continuing_subword_prefix", LONGEST_PREFIX);
      part.count("max_input_chars_per_word", LONGEST_WORD);
    }
    part.text("unk_token", AddedToken.LONGEST);
  }
}
