// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;

/** Options of each task that learns to predict masked word pieces. */
public interface MaskingOptions extends TextOptions {

  /** The share of word pieces that are masked. */
  @Essential
  @Doc("The share of word pieces that are to be predicted; 80 % of them are masked.")
  @WithDefault("0.15")
  double maskedShare();

  /** Whether words are masked as a whole. */
  @Doc(
      "Whether all word pieces of a word are masked together; Chinese text then needs a column"
          + " 'words'.")
  @WithDefault("false")
  boolean wholeWordMasking();
}
