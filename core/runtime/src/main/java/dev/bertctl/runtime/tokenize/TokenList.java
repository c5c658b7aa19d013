// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A vocabulary given by its tokens in the order of their ids; of equal ones the last counts. */
public final class TokenList implements Vocabulary {

  private final List<String> tokens;
  private final SpecialTokens special;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * With special tokens as BERT writes them.
   *
   * @param tokens by id, from 0; an id without a token has an empty text
   */
  public TokenList(List<String> tokens) {
    this(tokens, SpecialTokens.BERT);
  }

  /**
   * @param tokens by id, from 0; an id without a token has an empty text
   * @param special how the special tokens are written
   */
  private TokenList(List<String> tokens, SpecialTokens special) {
    this.tokens = List.copyOf(tokens);
    this.special = special;
    for (int id = 0; id < tokens.size(); id++) {
      if (!tokens.get(id).isEmpty()) {
        ids.put(tokens.get(id), id);
      }
    }
  }

  /** Those of a tokenizer. */
  static TokenList of(TokenizerFile file) {
    return new TokenList(file.tokens(), file.special());
  }

  @Override
  public int size() {
    return tokens.size();
  }

  @Override
  public String token(int id) {
    // A model may have more embeddings than its tokenizer has tokens.
    return id < tokens.size() ? tokens.get(id) : "";
  }

  @Override
  public OptionalInt find(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public int id(SpecialToken role) {
    return find(special.token(role))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the model's vocabulary has no %s; use a model whose vocabulary has one"
                        .formatted(special.token(role))));
  }
}
