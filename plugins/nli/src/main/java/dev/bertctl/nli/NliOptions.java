// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.nli;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Options of the task {@code nli}. */
public interface NliOptions {

  /** The labels in the order of the logits. */
  @Essential
  @Doc("The labels, in the order of the logits; data may name them or give their index.")
  @WithDefault("entailment,neutral,contradiction")
  List<String> labels();

  /** Which text is cut when a pair is too long. */
  @Doc("Which text is cut when a pair is too long: longest-first, only-first, only-second, ratio.")
  @WithDefault("longest-first")
  Truncation truncation();

  /** Whether the texts are parses. */
  @Doc(
      "Whether the texts are binary parses, such as SNLI's column sentence1_binary_parse; their"
          + " parentheses are then left out, and words and punctuation stand apart.")
  @WithDefault("false")
  boolean binaryParse();
}
