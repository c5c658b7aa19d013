// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.List;

/**
 * Learns a vocabulary from texts. Memory grows with the number of distinct words, not with the
 * length of the texts. Not thread-safe.
 */
public interface VocabularyLearner {

  /** The tokens that BERT needs, in the order of their ids, from 0. */
  List<String> SPECIAL_TOKENS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  /** Counts the words of a text: a line, a paragraph or more. No word reaches over two texts. */
  void add(String text);

  /** The vocabulary of all texts so far: the tokens by id, none of them twice. */
  List<String> tokens();
}
