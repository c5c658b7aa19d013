// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Options of the task {@code masked-lm}. */
public interface MaskedLmOptions {

  /** How text files are written. */
  @Doc(
      "How text files are written: sentences (one a line, a blank line between documents) or"
          + " wikitext (a paragraph a line, headings between = signs).")
  @WithDefault("sentences")
  Form form();

  /** The share of word pieces that are masked. */
  @Doc("The share of word pieces that are to be predicted; 80 % of them are masked.")
  @WithDefault("0.15")
  double maskedShare();

  /** Most masked word pieces of a sequence. */
  @Doc(
      "Most word pieces of a sequence that are to be predicted; no limit if left out, as in Hugging"
          + " Face.")
  Optional<Integer> maxPredictions();

  /** Whether words are masked as a whole. */
  @Doc(
      "Whether all word pieces of a word are masked together; Chinese text then needs a column"
          + " 'words'.")
  @WithDefault("false")
  boolean wholeWordMasking();
}
