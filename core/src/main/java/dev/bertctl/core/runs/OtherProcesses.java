// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.DistributedSettings;
import dev.bertctl.runtime.distributed.DistributedSteps;
import dev.bertctl.runtime.distributed.Processes;
import dev.bertctl.runtime.distributed.StepTimes;
import dev.bertctl.runtime.distributed.TrainingFolder;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.StepMaker;
import dev.bertctl.runtime.graph.TrainingSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Other processes that train in the place of this one: what they begin with, and what is taken over
 * from them.
 */
final class OtherProcesses implements AutoCloseable {

  /** Of a run at one point: a loss that repeats itself is no accident. */
  private static final int LOSSES_IN_A_ROW = 3;

  private final TaskSetup<?, ?> setup;
  private final BertModel model;
  private final TrainingSpec spec;
  private final Processes processes;
  private final DistributedSteps steps;
  private final Path workplace;
  private int losses;

  /**
   * @param model whose training is theirs
   * @param spec how it is trained
   * @param workplace for files in the meantime
   */
  OtherProcesses(
      TaskSetup<?, ?> setup,
      BertModel model,
      TrainingSpec spec,
      Processes processes,
      Path workplace) {
    this.setup = setup;
    this.model = model;
    this.spec = spec;
    this.processes = processes;
    this.steps = new DistributedSteps(model, processes, settings().synchronizeEvery());
    this.workplace = workplace;
  }

  private DistributedSettings settings() {
    return setup.config().settings().train().distributed();
  }

  /** What makes the steps. */
  StepMaker steps() {
    return steps;
  }

  /** Has them begin with the model as it stands. */
  void begin(RunListener listener) {
    Path folder = workplace.resolve(".processes");
    FileTree.clear(folder);
    try {
      FineTunedModel.describe(
          folder,
          setup.config(),
          setup.task().head(),
          model.config(),
          setup.pretrained(),
          setup.tokenizerFiles());
      TrainingFolder.write(folder, model, spec, setup.packer().padId(), settings().wire().type());
      List<String> places = steps.begin(folder);
      listener.notice(
          "training in %d processes: %s".formatted(places.size(), String.join(", ", places)));
    } finally {
      FileTree.delete(folder);
    }
  }

  /** Has the model take over what they have trained. */
  void bring() {
    steps.bring(workplace);
    losses = 0;
  }

  /** Whether it is of use to begin again after one was lost. */
  boolean mayBeginAgain() {
    return ++losses < LOSSES_IN_A_ROW;
  }

  /** Says where the time went. */
  void report(RunListener listener) {
    StepTimes times = steps.times();
    if (times.steps() > 0) {
      listener.notice(
          "%d steps in other processes: %.3f s a step; the slowest computed for %.3f s of it, and had all sums after %.3f s"
              .formatted(
                  times.steps(),
                  mean(times.wall(), times.steps()),
                  mean(times.computed(), times.steps()),
                  mean(times.exchanged(), times.steps())));
    }
  }

  private static double mean(Duration sum, long steps) {
    return sum.toNanos() / 1e9 / steps;
  }

  @Override
  public void close() {
    processes.close();
  }
}
