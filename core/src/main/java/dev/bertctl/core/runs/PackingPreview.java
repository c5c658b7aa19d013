// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.TaskSetup.PreparedSplit;
import dev.bertctl.runtime.packing.FeatureView;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Shows what the model would see of a split's first examples.
 *
 * @param config the run's configuration
 * @param store where models come from
 */
public record PackingPreview(TaskConfig<?> config, ModelStore store) {

  /**
   * Packs a split.
   *
   * @param split which one
   * @param limit how many examples to show
   * @param width columns after which lines of text are broken
   * @param output takes each example as text and as plain values
   * @return the truncation of the whole split, in a line
   */
  public String run(
      SplitName split, int limit, int width, BiConsumer<String, Map<String, Object>> output) {
    TaskConfig<?> complete = FoundOptions.complete(config);
    return new PackingPreview(complete, store)
        .run(complete.createTask(), split, limit, width, output);
  }

  private <X extends Example, P extends Prediction> String run(
      Task<X, P> task,
      SplitName name,
      int limit,
      int width,
      BiConsumer<String, Map<String, Object>> output) {
    try (TaskSetup<X, P> setup =
        TaskSetup.open(config, task, store.open(config.settings().model(), Path.of("")))) {
      PreparedSplit<X> split = setup.prepare(name, purpose(name));
      FeatureView preview = new FeatureView(setup.tokenizer(), task.head());
      int next = 0;
      List<Feature> features = split.packed().features();
      List<X> examples = split.split().examples();
      for (int i = 0; i < Math.min(limit, examples.size()); i++) {
        int from = next;
        while (next < features.size() && split.packed().owners()[next] == i) {
          next++;
        }
        List<Feature> own = features.subList(from, next);
        output.accept(
            preview.text(examples.get(i), own, width), preview.fields(examples.get(i), own));
      }
      return split.packed().truncation().toString();
    }
  }

  private static Purpose purpose(SplitName name) {
    return name == SplitName.TRAIN ? Purpose.TRAINING : Purpose.EVALUATION;
  }
}
