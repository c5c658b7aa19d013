// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;
import java.util.function.Consumer;

/**
 * Examples of a task, packed as the task packs them: of one that is longer than a sequence may be
 * each window is an input, and of a question with choices each choice.
 */
public final class TaskInputs extends AttentionInputs {

  private final TaskConfig<?> config;
  private final DataFile data;
  private final int limit;

  /**
   * @param config the task's configuration
   * @param data the examples; gold labels may be missing
   * @param limit how many examples are taken, from the first
   */
  public TaskInputs(TaskConfig<?> config, DataFile data, int limit) {
    this.config = config;
    this.data = data;
    this.limit = limit;
  }

  @Override
  Read read(List<SequencePacker> packers, Consumer<PackedInput> sink) {
    return read(config.createTask(), packers, sink);
  }

  private <X extends Example> Read read(
      Task<X, ?> task, List<SequencePacker> packers, Consumer<PackedInput> sink) {
    List<ExamplePacker<X>> all =
        packers.stream().map(packer -> new ExamplePacker<>(task.packing(), packer)).toList();
    Split<X> split = new Split<>("input", data, task.reader(), Purpose.PREDICTION, Selection.ALL);
    try (SplitReading<X> reading = split.open()) {
      int taken = 0;
      for (; taken < limit && reading.hasNext(); taken++) {
        X example = reading.next();
        pack(example, all.stream().map(packer -> packer.packOne(example)).toList(), sink);
      }
      return new Read(taken, reading.hasNext());
    }
  }

  private static void pack(
      Example example, List<List<Feature>> ofModels, Consumer<PackedInput> sink) {
    String name = example.location().toString();
    int windows = same(name, "windows", ofModels.stream().map(List::size).toList());
    for (int i = 0; i < windows; i++) {
      int window = i;
      List<List<Sequence>> sequences =
          ofModels.stream().map(features -> features.get(window).sequences()).toList();
      int choices = same(name, "choices", sequences.stream().map(List::size).toList());
      for (int k = 0; k < choices; k++) {
        int choice = k;
        sink.accept(
            new PackedInput(
                name + part("window", window, windows) + part("choice", choice, choices),
                sequences.stream().map(each -> each.get(choice)).toList()));
      }
    }
  }

  private static String part(String name, int index, int count) {
    return count == 1 ? "" : ", %s %d of %d".formatted(name, index + 1, count);
  }

  /** Where models cut texts into other pieces, they may make other windows. */
  private static int same(String name, String what, List<Integer> counts) {
    if (counts.stream().distinct().count() > 1) {
      throw new UserException(
          "%s: the models' tokenizers give %d and %d %s; models beside each other need the same tokens"
              .formatted(name, counts.get(0), counts.get(1), what));
    }
    return counts.get(0);
  }
}
