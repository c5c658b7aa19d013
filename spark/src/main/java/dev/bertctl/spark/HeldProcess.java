// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
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
   * Opens it for a training, in the place of that of another.
   *
   * @param model what is opened
   * @param begun the generation of the training
   */
  synchronized void open(SentModel model, int begun, String device) {
    if (generation != begun) {
      close();
      Path copy = model.isSent() ? model.unpacked() : Path.of(model.folder());
      try {
        model.files().requireIn(copy);
        process =
            TrainingProcess.open(copy, PredictorOptions.DEFAULT.withDevice(Device.of(device)));
        generation = begun;
      } finally {
        if (model.isSent()) {
          FileTree.delete(copy);
        }
      }
    }
  }

  /**
   * Uses it, one task at a time.
   *
   * @param wanted the generation of the training
   * @throws UserException if this executor came later: its model would be another one
   */
  synchronized <T> T use(int wanted, Function<TrainingProcess, T> use) {
    if (generation != wanted) {
      throw new UserException(Peer.here() + " is not one of the processes that have begun");
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
