// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import java.util.Optional;

/** Options of the task {@code masked-lm}. */
public interface MaskedLmOptions extends MaskingOptions {

  /** Most masked word pieces of a sequence. */
  @Doc(
      "Most word pieces of a sequence that are to be predicted; no limit if left out, as in Hugging"
          + " Face.")
  Optional<Integer> maxPredictions();
}
