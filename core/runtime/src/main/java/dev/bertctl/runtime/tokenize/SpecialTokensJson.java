// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.util.List;
import java.util.stream.Collectors;

/** What a tokenizer.json says of the special tokens of a vocabulary. */
final class SpecialTokensJson {

  /** The order in which Hugging Face lists them. */
  private static final List<SpecialToken> ROLES =
      List.of(
          SpecialToken.PAD,
          SpecialToken.UNK,
          SpecialToken.CLS,
          SpecialToken.SEP,
          SpecialToken.MASK);

  private final VocabularyFile vocabulary;
  private final SpecialTokens special;

  SpecialTokensJson(VocabularyFile vocabulary, SpecialTokens special) {
    this.vocabulary = vocabulary;
    this.special = special;
  }

  /**
   * Lists those that are recognised where they stand in a text.
   *
   * @param words whether they are words of the normalised text, and not found within words
   */
  void addTokens(ObjectNode root, boolean words) {
    ArrayNode added = root.putArray("added_tokens");
    for (SpecialToken role : ROLES) {
      String token = special.token(role);
      // Published vocabularies without a mask token exist, and fine-tuning needs none.
      if (role != SpecialToken.MASK || vocabulary.tokens().contains(token)) {
        ObjectNode entry = added.addObject();
        entry.put("id", id(role));
        entry.put("content", token);
        entry.put("single_word", words);
        entry.put("lstrip", false);
        entry.put("rstrip", false);
        entry.put("normalized", words);
        entry.put("special", true);
      }
    }
  }

  /** Puts them around one text and two. */
  void addPostProcessor(ObjectNode root) {
    ObjectNode post = root.putObject("post_processor");
    post.put("type", "BertProcessing");
    post.putArray("sep").add(special.token(SpecialToken.SEP)).add(id(SpecialToken.SEP));
    post.putArray("cls").add(special.token(SpecialToken.CLS)).add(id(SpecialToken.CLS));
  }

  private int id(SpecialToken role) {
    int id = vocabulary.tokens().lastIndexOf(special.token(role));
    if (id < 0) {
      throw new UserException(
          "%s: has no %s; a BERT vocabulary needs %s and %s"
              .formatted(
                  vocabulary.source(),
                  special.token(role),
                  ROLES.stream().limit(3).map(special::token).collect(Collectors.joining(", ")),
                  special.token(SpecialToken.SEP)));
    }
    return id;
  }
}
