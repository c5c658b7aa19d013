// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the tokenizer.json of a vocabulary of whole words, as "Dive into Deep Learning" tokenises:
 * a text is lower-cased and split on white space; what is not in the vocabulary is unknown.
 *
 * <p>Of {@code It rained.} the words are {@code it} and {@code rained.}, of {@code It rained .}
 * they are {@code it}, {@code rained} and {@code .}
 */
final class WordLevelJson {

  private static final List<SpecialToken> ROLES =
      List.of(
          SpecialToken.PAD,
          SpecialToken.UNK,
          SpecialToken.CLS,
          SpecialToken.SEP,
          SpecialToken.MASK);

  private WordLevelJson() {}

  static ObjectNode of(VocabularyFile vocabulary, SpecialTokens special, boolean lowerCase) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    requireAll(vocabulary, special);
    ArrayNode added = root.putArray("added_tokens");
    for (SpecialToken role : ROLES) {
      String token = special.token(role);
      ObjectNode entry = added.addObject();
      entry.put("id", vocabulary.id(token));
      entry.put("content", token);
      // "<cls>the" is a word of its own.
      entry.put("single_word", true);
      entry.put("lstrip", false);
      entry.put("rstrip", false);
      // Special tokens are looked for in the lower-cased text, like every word.
      entry.put("normalized", true);
      entry.put("special", true);
    }
    if (lowerCase) {
      addLowerCasing(root.putObject("normalizer"));
    } else {
      root.putNull("normalizer");
    }
    // Python splits at the separators 1c to 1f too, which are no white space in Unicode.
    ObjectNode splitter = root.putObject("pre_tokenizer");
    splitter.put("type", "Split");
    splitter.putObject("pattern").put("Regex", "[\\s\\x1c-\\x1f\\x85]+");
    splitter.put("behavior", "Removed");
    splitter.put("invert", false);
    ObjectNode post = root.putObject("post_processor");
    post.put("type", "BertProcessing");
    String sep = special.token(SpecialToken.SEP);
    post.putArray("sep").add(sep).add(vocabulary.id(sep));
    String cls = special.token(SpecialToken.CLS);
    post.putArray("cls").add(cls).add(vocabulary.id(cls));
    root.putNull("decoder");
    ObjectNode model = root.putObject("model");
    model.put("type", "WordLevel");
    vocabulary.addTo(model.putObject("vocab"));
    model.put("unk_token", special.token(SpecialToken.UNK));
    return root;
  }

  /** As Python and Java do it, which write a sigma at the end of a word in its own way. */
  private static void addLowerCasing(ObjectNode normalizer) {
    normalizer.put("type", "Sequence");
    ArrayNode steps = normalizer.putArray("normalizers");
    ObjectNode sigma = steps.addObject().put("type", "Replace");
    sigma.putObject("pattern").put("Regex", "(?<=\\p{L})\u03a3(?!\\p{L})");
    sigma.put("content", "\u03c2");
    steps.addObject().put("type", "Lowercase");
  }

  private static void requireAll(VocabularyFile vocabulary, SpecialTokens special) {
    List<String> missing =
        ROLES.stream()
            .map(special::token)
            .filter(token -> !vocabulary.tokens().contains(token))
            .toList();
    if (!missing.isEmpty()) {
      String last = special.token(SpecialToken.MASK);
      throw new UserException(
          "%s: has no %s; a BERT vocabulary needs %s and %s"
              .formatted(
                  vocabulary.source(),
                  String.join(", ", missing),
                  ROLES.stream()
                      .map(special::token)
                      .filter(token -> !token.equals(last))
                      .collect(Collectors.joining(", ")),
                  last));
    }
  }
}
