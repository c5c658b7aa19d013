// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.FeatureView;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows what the model would see of a split's first examples, in the first epoch. */
public final class PackingPreview {

  private final TaskConfig<?> config;
  private final ModelStore store;

  /**
   * @param config the run's configuration
   * @param store where models come from
   */
  public PackingPreview(TaskConfig<?> config, ModelStore store) {
    this.config = config;
    this.store = store;
  }

  /** Takes an example with what the model would see of it. */
  @FunctionalInterface
  public interface Output {
    /**
     * @param view shows the features
     */
    void accept(FeatureView view, Example example, List<Feature> features);
  }

  /**
   * Packs a split.
   *
   * @param split which one
   * @param limit how many examples to show
   * @return what the whole split holds
   */
  public SplitSummary run(SplitName split, int limit, Output output) {
    TaskConfig<?> complete = FoundOptions.complete(config);
    return run(complete, complete.createTask(), split, limit, output);
  }

  private <X extends Example, P extends Prediction> SplitSummary run(
      TaskConfig<?> complete, Task<X, P> task, SplitName name, int limit, Output output) {
    Purpose purpose = name == SplitName.TRAIN ? Purpose.TRAINING : Purpose.EVALUATION;
    if (!BaseModel.isNew(complete)) {
      // What is wrong with the data is told before a model is fetched for them.
      new Splits(complete).split(name, task.reader(), purpose).readThrough();
    }
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    try (BaseModel base = BaseModel.open(complete, task, store, scratch);
        TaskSetup<X, P> setup = new TaskSetup<>(complete, task, base.files())) {
      Split<X> split = setup.split(name, purpose);
      SplitSummary summary = setup.scan(split, (example, feature) -> {});
      show(setup, first(split, limit), output);
      return summary;
    }
  }

  private static <X extends Example> List<X> first(Split<X> split, int limit) {
    List<X> examples = new ArrayList<>();
    try (SplitReading<X> reading = split.open()) {
      while (examples.size() < limit && reading.hasNext()) {
        examples.add(reading.next());
      }
    }
    return examples;
  }

  private static <X extends Example> void show(
      TaskSetup<X, ?> setup, List<X> examples, Output output) {
    PackedExamples<X> packed;
    try {
      packed = new ExamplePacker<>(setup.task().packing(), setup.packer()).pack(examples);
    } catch (InterruptedException e) {
      throw new InterruptedRunException(e);
    }
    FeatureDraws draws =
        new FeatureDraws(setup.task().packing(), setup.packer(), packed, setup.seed());
    FeatureView view = new FeatureView(setup.packer().vocabulary(), setup.task().head());
    int next = 0;
    for (int i = 0; i < examples.size(); i++) {
      List<Feature> seen = new ArrayList<>();
      for (int j = 0; j < packed.perExample().get(i).size(); j++) {
        seen.add(draws.draw(next++, 0));
      }
      output.accept(view, examples.get(i), seen);
    }
  }
}
