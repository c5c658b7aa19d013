// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.OptionalInt;

/**
 * The model's word pieces and special tokens, each with its id. Thread-safe.
 *
 * <p>In bert-base-uncased's, of 30,522 tokens, {@code id(SpecialToken.MASK)} is 103, {@code
 * token(7592)} is {@code hello}, and {@code find("##ing")} is 2075.
 */
public interface Vocabulary {

  /** {@return the number of ids, V} */
  int size();

  /**
   * {@return the token of an id, such as {@code ##ing}}
   *
   * @param id from 0 to V - 1
   */
  String token(int id);

  /**
   * {@return the id of a token; empty if it is not in the vocabulary}
   *
   * @param token a word piece as the vocabulary has it, or a special token
   */
  OptionalInt find(String token);

  /**
   * {@return the id of a special token}
   *
   * @param role which one
   * @throws IllegalArgumentException if the vocabulary has none, as some have no {@code [MASK]}
   */
  default int id(SpecialToken role) {
    return find(role.token())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the model's vocabulary has no %s; use a model whose vocabulary has one"
                        .formatted(role.token())));
  }
}
