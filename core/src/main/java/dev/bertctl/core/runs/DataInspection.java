// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.inspect.DataInspector;
import dev.bertctl.core.inspect.DataReport;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.nio.file.Path;
import java.util.List;

/** Looks through a task's data before a training, with the model's tokenizer. */
public final class DataInspection {

  private final TaskConfig<?> config;
  private final ModelStore store;

  /**
   * @param config the run's configuration
   * @param store where models come from
   */
  public DataInspection(TaskConfig<?> config, ModelStore store) {
    this.config = config;
    this.store = store;
  }

  /** Reads and packs each configured split. */
  public DataReport run() {
    TaskConfig<?> complete = FoundOptions.complete(config);
    return run(complete, complete.createTask());
  }

  private <X extends Example, P extends Prediction> DataReport run(
      TaskConfig<?> complete, Task<X, P> task) {
    // Without data there is nothing to fetch a model for.
    new Splits(complete).split(SplitName.TRAIN, task.reader(), Purpose.TRAINING);
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    try (BaseModel base = BaseModel.open(complete, task, store, scratch);
        TaskSetup<X, P> setup = new TaskSetup<>(complete, task, base.files())) {
      DataInspector inspector = new DataInspector(complete.plugin().name(), task.head());
      for (SplitName name : SplitName.values()) {
        if (name.isConfigured(complete.settings().data())) {
          Purpose purpose = name == SplitName.TRAIN ? Purpose.TRAINING : Purpose.EVALUATION;
          inspect(setup, setup.split(name, purpose), inspector);
        }
      }
      return inspector.report();
    }
  }

  private static <X extends Example> void inspect(
      TaskSetup<X, ?> setup, Split<X> split, DataInspector inspector) {
    inspector.begin(split.name());
    SplitSummary summary =
        setup.scan(
            split,
            new SplitScan.Sink<>() {
              @Override
              public void packed(X example, List<Feature> features) {
                inspector.add(example, features);
              }

              @Override
              public void drawn(Feature feature) {
                inspector.count(feature);
              }
            });
    inspector.end(split.name(), split.file(), summary.counts());
  }
}
