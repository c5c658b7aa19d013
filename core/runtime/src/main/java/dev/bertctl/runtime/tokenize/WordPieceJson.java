// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.spi.packing.SpecialToken;
import java.util.List;

/**
 * Writes the tokenizer.json that Hugging Face's converter makes of a BERT vocab.txt: BERT's
 * normaliser and splitter, greedy word pieces, and the special tokens, which are also recognised
 * where they stand in a text.
 */
final class WordPieceJson {

  /** The order in which Hugging Face lists them. */
  private static final List<SpecialToken> ROLES =
      List.of(
          SpecialToken.PAD,
          SpecialToken.UNK,
          SpecialToken.CLS,
          SpecialToken.SEP,
          SpecialToken.MASK);

  private WordPieceJson() {}

  static ObjectNode of(
      VocabularyFile vocabulary, TokenizerSettings settings, SpecialTokens special) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    addSpecialTokens(root.putArray("added_tokens"), vocabulary, special);
    ObjectNode normalizer = root.putObject("normalizer");
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", settings.splitChinese());
    normalizer.put("strip_accents", settings.stripAccents().orElse(null));
    normalizer.put("lowercase", settings.lowerCase());
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode post = root.putObject("post_processor");
    post.put("type", "BertProcessing");
    addToken(post.putArray("sep"), special.token(SpecialToken.SEP), vocabulary);
    addToken(post.putArray("cls"), special.token(SpecialToken.CLS), vocabulary);
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    addModel(root.putObject("model"), vocabulary, special);
    return root;
  }

  private static void addToken(ArrayNode pair, String token, VocabularyFile vocabulary) {
    pair.add(token).add(vocabulary.id(token));
  }

  private static void addSpecialTokens(
      ArrayNode added, VocabularyFile vocabulary, SpecialTokens special) {
    for (SpecialToken role : ROLES) {
      String token = special.token(role);
      // Published vocabularies without a mask token exist, and fine-tuning needs none.
      if (role != SpecialToken.MASK || vocabulary.tokens().contains(token)) {
        ObjectNode entry = added.addObject();
        entry.put("id", vocabulary.id(token));
        entry.put("content", token);
        entry.put("single_word", false);
        entry.put("lstrip", false);
        entry.put("rstrip", false);
        entry.put("normalized", false);
        entry.put("special", true);
      }
    }
  }

  private static void addModel(ObjectNode model, VocabularyFile vocabulary, SpecialTokens special) {
    model.put("type", "WordPiece");
    model.put("unk_token", special.token(SpecialToken.UNK));
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    vocabulary.addTo(model.putObject("vocab"));
  }
}
