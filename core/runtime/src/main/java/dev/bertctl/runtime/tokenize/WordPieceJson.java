// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import java.util.List;

/**
 * Writes the tokenizer.json that Hugging Face's converter makes of a BERT vocab.txt: BERT's
 * normaliser and splitter, greedy word pieces, and the special tokens, which are also recognised
 * where they stand in a text.
 */
final class WordPieceJson {

  /** The order in which Hugging Face lists them. */
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private WordPieceJson() {}

  static ObjectNode of(VocabularyFile vocabulary, TokenizerSettings settings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    addSpecialTokens(root.putArray("added_tokens"), vocabulary);
    ObjectNode normalizer = root.putObject("normalizer");
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", settings.splitChinese());
    normalizer.put("strip_accents", settings.stripAccents().orElse(null));
    normalizer.put("lowercase", settings.lowerCase());
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode post = root.putObject("post_processor");
    post.put("type", "BertProcessing");
    post.putArray("sep").add("[SEP]").add(id(vocabulary, "[SEP]"));
    post.putArray("cls").add("[CLS]").add(id(vocabulary, "[CLS]"));
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    addModel(root.putObject("model"), vocabulary);
    return root;
  }

  private static void addSpecialTokens(ArrayNode added, VocabularyFile vocabulary) {
    for (String token : SPECIAL) {
      // Published vocabularies without a mask token exist, and fine-tuning needs none.
      if (!token.equals("[MASK]") || vocabulary.tokens().contains(token)) {
        ObjectNode entry = added.addObject();
        entry.put("id", id(vocabulary, token));
        entry.put("content", token);
        entry.put("single_word", false);
        entry.put("lstrip", false);
        entry.put("rstrip", false);
        entry.put("normalized", false);
        entry.put("special", true);
      }
    }
  }

  private static void addModel(ObjectNode model, VocabularyFile vocabulary) {
    model.put("type", "WordPiece");
    model.put("unk_token", "[UNK]");
    model.put("continuing_subword_prefix", "##");
    model.put("max_input_chars_per_word", 100);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      ids.put(vocabulary.tokens().get(id), id);
    }
  }

  private static int id(VocabularyFile vocabulary, String token) {
    int id = vocabulary.tokens().lastIndexOf(token);
    if (id < 0) {
      throw new UserException(
          "%s: has no %s; a BERT vocabulary needs [PAD], [UNK], [CLS] and [SEP]"
              .formatted(vocabulary.source(), token));
    }
    return id;
  }
}
