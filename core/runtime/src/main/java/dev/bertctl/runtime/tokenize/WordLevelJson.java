// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.spi.packing.SpecialToken;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the tokenizer.json of a vocabulary of whole words, as "Dive into Deep Learning" tokenises:
 * a text is lower-cased and split on white space; what is not in the vocabulary is unknown.
 *
 * <p>Of {@code It rained.} the words are {@code it} and {@code rained.}, of {@code It rained .}
 * they are {@code it}, {@code rained} and {@code .}
 */
final class WordLevelJson {

  private WordLevelJson() {}

  static ObjectNode of(VocabularyFile vocabulary, SpecialTokens special, boolean lowerCase) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    specialTokens(vocabulary, special).addTo(root);
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
    PostProcessor.put(root, special, vocabulary.ids());
    root.putNull("decoder");
    ObjectNode model = root.putObject("model");
    model.put("type", "WordLevel");
    vocabulary.ids().forEach(model.putObject("vocab")::put);
    model.put("unk_token", special.token(SpecialToken.UNK));
    return root;
  }

  /** "<cls>the" is a word of its own; and they are looked for in the lower-cased text. */
  private static AddedTokens specialTokens(VocabularyFile vocabulary, SpecialTokens special) {
    Map<String, Integer> ids = vocabulary.ids();
    special.checkAllIn(ids.keySet(), vocabulary.source());
    AddedTokens added = new AddedTokens(vocabulary.source(), ids);
    for (SpecialToken role : SpecialToken.values()) {
      String token = special.token(role);
      // Published vocabularies without a mask token exist, and fine-tuning needs none.
      if (ids.containsKey(token)) {
        added.add(new AddedToken(token, true, false, false, Optional.of(true), true));
      }
    }
    return added;
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
}
