// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.distributed.TrainingProcess;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.tensorflow.Device;
import java.nio.file.Path;
import java.util.function.Function;

/** The model that this executor trains: it stays open from step to step. */
final class HeldProcess {

  private static final HeldProcess OF_EXECUTOR = new HeldProcess();

  private TrainingProcess process;
  private int generation = -1;

  private HeldProcess() {}

  static HeldProcess ofExecutor() {
    return OF_EXECUTOR;
  }

  /**
   * Uses it, one task at a time; of another generation than before it is opened first.
   *
   * @param model what is opened
   */
  synchronized <T> T use(
      SentModel model, int wanted, String device, Function<TrainingProcess, T> use) {
    if (generation != wanted) {
      close();
      Path copy = model.isSent() ? model.unpacked() : Path.of(model.folder());
      try {
        model.files().requireIn(copy);
        process =
            TrainingProcess.open(copy, PredictorOptions.DEFAULT.withDevice(Device.of(device)));
        generation = wanted;
      } finally {
        if (model.isSent()) {
          FileTree.delete(copy);
        }
      }
    }
    return use.apply(process);
  }

  private void close() {
    generation = -1;
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
