// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Options of the task {@code ner}. */
public interface NerOptions {

  /** The tags in the order of the logits. */
  @Doc("The tags, in the order of the logits; found in the training data if left out.")
  Optional<List<String>> labels();

  /** How entities are written as tags. */
  @Essential
  @Doc(
      "How entities are written as tags for the model: as-read leaves the data's tags as they are, iob2 and bioes rewrite them.")
  @WithDefault("as-read")
  TagScheme scheme();

  /** Which column of a CoNLL file holds the word. */
  @Doc("Which column of a CoNLL file holds the word, counted from 1.")
  @WithDefault("1")
  int wordColumn();

  /** Which column of a CoNLL file holds the tag. */
  @Doc("Which column of a CoNLL file holds the tag, counted from 1; the last if left out.")
  Optional<Integer> tagColumn();

  /** How much neighbouring windows of a long sentence share. */
  @Doc(
      "Word pieces that neighbouring windows share where a sentence is longer than max-length; at most half a window.")
  @WithDefault("32")
  int overlap();

  /** Whether the model sees the sentences around the one it tags. */
  @Doc("Whether sequences are filled up with the neighbouring sentences of the same document.")
  @WithDefault("false")
  boolean documentContext();

  /** Whether the pieces of a word after its first are trained on, too. */
  @Doc(
      "Whether all word pieces are trained on, each with its word's tag. By default those after a word's first are left out of the loss.")
  @WithDefault("false")
  boolean labelAllPieces();

  /** How a word's probabilities are made of those of its pieces. */
  @Doc(
      "How a word's probabilities are made of its word pieces': of the first, the average, or those of the piece that is surest (max).")
  @WithDefault("first")
  Aggregation aggregation();
}
