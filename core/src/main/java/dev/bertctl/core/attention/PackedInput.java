// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.spi.packing.Sequence;
import java.util.List;

/**
 * What the models see at once.
 *
 * @param name where it comes from, such as {@code pairs.jsonl:3, window 2 of 4}
 * @param sequences of each model
 */
record PackedInput(String name, List<Sequence> sequences) {

  /** Copies the list. */
  PackedInput {
    sequences = List.copyOf(sequences);
  }
}
