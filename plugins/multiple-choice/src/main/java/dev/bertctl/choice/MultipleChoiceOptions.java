// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;

/** Options of the task {@code multiple-choice}. */
public interface MultipleChoiceOptions {

  /** Which text is cut when the context and a choice are too long together. */
  @Essential
  @Doc(
      "Which text is cut when the context and a choice are too long together: longest-first, only-first (the context), only-second (the choice), ratio.")
  @WithDefault("longest-first")
  Truncation truncation();
}
