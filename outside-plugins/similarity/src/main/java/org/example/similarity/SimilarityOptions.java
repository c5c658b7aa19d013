// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;

/** Options of the task {@code similarity}. */
public interface SimilarityOptions {

  /** The score of sentences that mean the same. */
  @Doc("The score of sentences that mean the same; 0 is that of sentences that share nothing.")
  @WithDefault("5")
  double highest();
}
