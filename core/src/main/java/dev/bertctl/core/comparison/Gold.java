// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Skips;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import java.util.List;

/**
 * The data that predictions are for, with gold labels.
 *
 * @param file its file
 * @param selection which part of it was predicted for
 */
public record Gold(DataFile file, Selection selection) {

  /** All of a file. */
  public static Gold of(DataFile file) {
    return new Gold(file, Selection.ALL);
  }

  /** A run's validation data, for which it leaves predictions. */
  public static Gold validationOf(TaskConfig<?> config) {
    Splits splits = new Splits(config);
    return new Gold(splits.open(SplitName.VALIDATION), splits.selection(SplitName.VALIDATION));
  }

  <X extends Example> List<X> read(ExampleReader<X> reader, Skips skips) {
    return new Split<>("gold", file, reader, ExampleReader.Purpose.EVALUATION, selection)
        .readAll(skips);
  }
}
