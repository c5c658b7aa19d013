// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.distributed.Processes.ProcessFacts;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.BertModel.Trained;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.LossShare;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.graph.StepMaker;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import dev.bertctl.runtime.weights.SafetensorsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has {@link Processes} make the steps of a training. The model of this process makes none: it
 * takes over theirs where it is to be evaluated or saved.
 */
public final class DistributedSteps implements StepMaker {

  private final BertModel model;
  private final Processes processes;
  private final int synchronizeEvery;
  private List<ProcessFacts> facts = List.of();
  private int stepsAlone;
  private boolean behind;
  private StepTimes times = StepTimes.NONE;

  /**
   * @param model of this process
   * @param synchronizeEvery 1 if each step is made by all together, with the update of the whole
   *     batch; more for so many steps of each process by itself, after which all take the mean
   */
  public DistributedSteps(BertModel model, Processes processes, int synchronizeEvery) {
    this.model = model;
    this.processes = processes;
    this.synchronizeEvery = synchronizeEvery;
  }

  /**
   * Begins with a model, or begins again.
   *
   * @param folder what {@link TrainingFolder} wrote of it
   * @return where the processes are
   * @throws LostProcessException if one of them is lost meanwhile
   */
  public List<String> begin(Path folder) {
    facts = processes.begin(folder);
    stepsAlone = 0;
    behind = false;
    for (ProcessFacts one : facts) {
      if (one.checksum() != facts.get(0).checksum()) {
        throw new LostProcessException(
            "the process on %s has read other weights than that on %s"
                .formatted(one.place(), facts.get(0).place()));
      }
    }
    return facts.stream().map(ProcessFacts::place).toList();
  }

  /**
   * Has the model of this process take over what the processes have trained.
   *
   * @param folder for a file in the meantime
   * @throws LostProcessException if a process is lost meanwhile
   */
  public void bring(Path folder) {
    if (!behind) {
      return;
    }
    if (stepsAlone > 0) {
      stepsAlone = 0;
      carryOut(List.of(), StepOrder.Kind.NONE, true, new Optimizer.Step(0, 0, 0), 0, new double[0]);
    }
    Path file = folder.resolve(".trained.safetensors");
    FileTree.delete(file);
    try {
      processes.collect(file);
      model.values().assign(SafetensorsFile.open(file).weights());
      behind = false;
    } finally {
      FileTree.delete(file);
    }
  }

  /** What the steps so far took. */
  public StepTimes times() {
    return times;
  }

  @Override
  public boolean scalesLoss() {
    return model.scalesLoss();
  }

  @Override
  public int parts() {
    return facts.size();
  }

  @Override
  public Trained train(List<Batch> parts, Optimizer.Step step, long seed) {
    long begin = System.nanoTime();
    behind = true;
    boolean together = synchronizeEvery == 1;
    boolean average = !together && ++stepsAlone == synchronizeEvery;
    if (average) {
      stepsAlone = 0;
    }
    List<StepAnswer> answers =
        carryOut(
            parts,
            together ? StepOrder.Kind.TOGETHER : StepOrder.Kind.ALONE,
            average,
            step,
            seed,
            together ? model.lossWeights(parts) : new double[0]);
    times = times.plus(answers, Duration.ofNanos(System.nanoTime() - begin));
    return together ? shared(answers) : meanOf(answers, parts.size());
  }

  private static Trained shared(List<StepAnswer> answers) {
    LossShare loss = answers.stream().map(StepAnswer::loss).reduce(LossShare.NONE, LossShare::plus);
    StepAnswer any = answers.get(0);
    return new Trained(loss.loss(), loss.losses(), any.gradientNorm(), any.skipped());
  }

  /** Processes that have a part weigh the same, as their models do. */
  private static Trained meanOf(List<StepAnswer> answers, int parts) {
    int busy = Math.min(parts, answers.size());
    double loss = 0;
    double norm = 0;
    Map<String, Double> losses = new LinkedHashMap<>();
    for (StepAnswer answer : answers) {
      loss += answer.loss().loss() / busy;
      norm += answer.gradientNorm() / busy;
      answer.loss().losses().forEach((name, one) -> losses.merge(name, one / busy, Double::sum));
    }
    return new Trained(loss, losses, norm, false);
  }

  /** Each process with the largest part: that all have room for it is to be known. */
  @Override
  public Trained rehearse(Batch batch, long seed) {
    Optimizer.Step none = new Optimizer.Step(0, 0, 0, LossScale.NONE);
    List<byte[]> orders =
        facts.stream()
            .map(
                one ->
                    new StepOrder(
                            StepOrder.Kind.REHEARSE,
                            false,
                            none,
                            seed,
                            new double[0],
                            0,
                            List.of(batch))
                        .encoded())
            .toList();
    List<StepAnswer> answers =
        processes.carryOut(orders).stream().map(StepAnswer::decoded).toList();
    for (int i = 0; i < answers.size(); i++) {
      if (!answers.get(i).outOfMemory().isEmpty()) {
        throw new OutOfDeviceMemoryException(
            "TensorFlow on " + facts.get(i).place(), answers.get(i).outOfMemory(), null);
      }
    }
    LossShare loss = answers.get(0).loss();
    return new Trained(loss.loss(), loss.losses(), answers.get(0).gradientNorm(), false);
  }

  private List<StepAnswer> carryOut(
      List<Batch> parts,
      StepOrder.Kind kind,
      boolean average,
      Optimizer.Step step,
      long seed,
      double[] weights) {
    int count = facts.size();
    List<byte[]> orders = new ArrayList<>();
    for (int process = 0; process < count; process++) {
      int from = parts.size() * process / count;
      int to = parts.size() * (process + 1) / count;
      orders.add(
          new StepOrder(kind, average, step, seed, weights, from, parts.subList(from, to))
              .encoded());
    }
    return processes.carryOut(orders).stream().map(StepAnswer::decoded).toList();
  }
}
