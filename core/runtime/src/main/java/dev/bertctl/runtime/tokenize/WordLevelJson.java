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
    root.set("pre_tokenizer", splitter());
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

  /** Python splits at the separators 1c to 1f too, which are no white space in Unicode. */
  static ObjectNode splitter() {
    ObjectNode splitter = JsonNodeFactory.instance.objectNode().put("type", "Split");
    splitter.putObject("pattern").put("Regex", "[\\s\\x1c-\\x1f\\x85]+");
    splitter.put("behavior", "Removed");
    return splitter.put("invert", false);
  }

  /** As Python and Java do it, which write a sigma at the end of a word in its own way. */
  private static void addLowerCasing(ObjectNode normalizer) {
    normalizer.put("type", "Sequence");
    ArrayNode steps = normalizer.putArray("normalizers");
    steps.add(finalSigma());
    steps.addObject().put("type", "Lowercase");
  }

  /** What writes a sigma at the end of a word. */
  static ObjectNode finalSigma() {
    ObjectNode sigma = JsonNodeFactory.instance.objectNode().put("type", "Replace");
    sigma.putObject("pattern").put("Regex", "(?<=\\p{L})\u03a3(?!\\p{L})");
    return sigma.put("content", "\u03c2");
  }
}
