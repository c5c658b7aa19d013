// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import java.nio.file.Path;
import java.util.Map;

/** Small models of the built-in tasks, with random heads. */
final class TinyModels {

  private static final TaskRegistry TASKS = TaskRegistry.load(TinyModels.class.getClassLoader());

  private TinyModels() {}

  /** A model as a run of the task's name leaves it. */
  static Path run(Path runs, String task, Map<String, String> options, long seed) {
    return write(runs, task, options, seed, 16, 128);
  }

  /** A model that takes its time for long texts: wider, with 512 positions. */
  static Path slow(Path runs, String task, Map<String, String> options) {
    return write(runs, task, options, 1, 256, 512);
  }

  private static Path write(
      Path runs, String task, Map<String, String> options, long seed, int hidden, int positions) {
    TaskPlugin<?> plugin = TASKS.get(task).plugin();
    Path run = runs.resolve(task);
    TinyModel.write(
        run.resolve("model"),
        TinyBert.config(TinyBert.VOCABULARY.size(), hidden, positions, 0, 0.1),
        TinyBert.VOCABULARY,
        plugin,
        options,
        seed);
    return run;
  }
}
