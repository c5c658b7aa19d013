// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;

/** Options of the task {@code embeddings}. */
public interface EmbeddingsOptions {

  /** How tokens become one vector. */
  @Essential
  @Doc(
      "What a text's vector is made of: mean or max (of all tokens, [CLS] and [SEP] among them),"
          + " cls (the first token), or token (a vector for each token).")
  @WithDefault("mean")
  Pooling pooling();

  /** The layer whose hidden states are taken. */
  @Doc(
      "The layer whose hidden states are taken: 0 for the embeddings before the first, or counted"
          + " from the end: -1 for the last, -2 for the one before it.")
  @WithDefault("-1")
  int layer();

  /** Of how many layers the mean is taken. */
  @Doc("Of how many layers, the given one and those before it, the mean is taken.")
  @WithDefault("1")
  int layers();

  /** Whether vectors are divided by their length. */
  @Doc("Whether vectors are divided by their length, so that their dot product is the cosine.")
  @WithDefault("true")
  boolean normalize();
}
