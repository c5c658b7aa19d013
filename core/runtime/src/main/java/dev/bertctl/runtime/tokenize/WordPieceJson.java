// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.spi.packing.SpecialToken;
import java.util.List;
import java.util.Map;

/**
 * Writes the tokenizer.json that Hugging Face's {@code BertTokenizer} makes of a vocabulary: BERT's
 * normaliser and splitter, and greedy word pieces.
 */
final class WordPieceJson {

  private WordPieceJson() {}

  static ObjectNode of(
      Map<String, Integer> vocabulary,
      TokenizerSettings settings,
      AddedTokens added,
      SpecialTokens special) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    added.addTo(root);
    settings.addNormalizer(root);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.putNull("post_processor");
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model = root.putObject("model");
    model.put("type", "WordPiece");
    model.put("unk_token", special.token(SpecialToken.UNK));
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    vocabulary.forEach(model.putObject("vocab")::put);
    return root;
  }

  /** Whether a tokenizer.json splits texts as the one does that is made of its vocabulary. */
  static boolean isOne(
      ObjectNode root, Map<String, Integer> vocabulary, AddedTokens added, SpecialTokens special) {
    ObjectNode made = of(vocabulary, TokenizerSettings.of(root.path("normalizer")), added, special);
    return List.of("normalizer", "pre_tokenizer", "model").stream()
        .allMatch(part -> made.get(part).equals(root.get(part)));
  }
}
