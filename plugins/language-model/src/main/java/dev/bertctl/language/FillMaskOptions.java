// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Options of the task {@code fill-mask}. */
public interface FillMaskOptions {

  /** How many tokens are given for each mask. */
  @Essential
  @Doc("How many tokens are given for each [MASK], the likeliest ones.")
  @WithDefault("5")
  int topK();

  /** The tokens to choose from. */
  @Doc(
      "Tokens to choose from, each one token of the vocabulary; all if left out. Their"
          + " probabilities stay those among all tokens.")
  Optional<List<String>> candidates();
}
