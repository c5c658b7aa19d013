// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.spi.packing.SpecialToken;

/**
 * Writes the tokenizer.json that Hugging Face's converter makes of a BERT vocab.txt: BERT's
 * normaliser and splitter, greedy word pieces, and the special tokens, which are also recognised
 * where they stand in a text.
 */
final class WordPieceJson {

  private WordPieceJson() {}

  static ObjectNode of(
      VocabularyFile vocabulary, TokenizerSettings settings, SpecialTokens special) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    SpecialTokensJson tokens = new SpecialTokensJson(vocabulary, special);
    tokens.addTokens(root, false);
    ObjectNode normalizer = root.putObject("normalizer");
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", settings.splitChinese());
    normalizer.put("strip_accents", settings.stripAccents().orElse(null));
    normalizer.put("lowercase", settings.lowerCase());
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    tokens.addPostProcessor(root);
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    addModel(root.putObject("model"), vocabulary, special);
    return root;
  }

  private static void addModel(ObjectNode model, VocabularyFile vocabulary, SpecialTokens special) {
    model.put("type", "WordPiece");
    model.put("unk_token", special.token(SpecialToken.UNK));
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    vocabulary.addTo(model.putObject("vocab"));
  }
}
