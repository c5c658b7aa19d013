// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.packing.SequencePacker;
import java.util.List;
import java.util.function.Consumer;

/** What models are shown on. It is read once. */
public abstract sealed class AttentionInputs permits TaskInputs, TextInputs {

  AttentionInputs() {}

  /**
   * Reads the inputs as they are packed for each model.
   *
   * @param packers one for each model
   * @param sink takes them in their order
   * @return what was read
   * @throws dev.bertctl.spi.data.DataException if the data cannot be used
   */
  abstract Read read(List<SequencePacker> packers, Consumer<PackedInput> sink);

  /**
   * What was read.
   *
   * @param examples rows or lines that were taken
   * @param more whether there are others behind them
   */
  record Read(int examples, boolean more) {}
}
