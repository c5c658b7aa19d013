// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.config.TrainSettings;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.OptimizerSpec;
import dev.bertctl.runtime.graph.ParameterGroups;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.training.ScheduleSpec;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.training.Warmup;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a configuration says of a training, as the training loop and the graph take it. */
final class TrainingPlan {

  private final TaskConfig<?> config;
  private final TrainSettings train;

  TrainingPlan(TaskConfig<?> config) {
    this.config = config;
    this.train = config.settings().train();
  }

  /** How the training loop goes. */
  TrainingSettings settings() {
    return new TrainingSettings(
        train.epochs(),
        train
            .batchTokens()
            .map(BatchSize::ofTokens)
            .orElse(BatchSize.ofSequences(train.batchSize())),
        train.microBatchSize().orElse(Integer.MAX_VALUE),
        train.groupByLength(),
        train.redraw(),
        schedule(),
        train.learningRate(),
        train.maxGradNorm(),
        train.maxMinutes().map(minutes -> Duration.ofMillis((long) (minutes * 60_000))),
        train.seed());
  }

  private ScheduleSpec schedule() {
    Warmup warmup =
        train
            .warmupSteps()
            .<Warmup>map(Warmup.Steps::new)
            .orElse(new Warmup.Share(train.warmupRatio()));
    return new ScheduleSpec(
        train.schedule(),
        warmup,
        train.scheduleCycles().orElse(train.schedule().defaultCycles()),
        train.schedulePower(),
        train.scheduleEnd());
  }

  /**
   * What the training graph is made of.
   *
   * @param labels how often each occurs in the training data
   * @throws dev.bertctl.runtime.options.ConfigException if groups of parameters contradict
   *     themselves
   */
  TrainingSpec spec(ClassBalance labels) {
    return new TrainingSpec(
        optimizer(),
        new ParameterGroups(
            train.learningRate(),
            train.weightDecay(),
            train.layerDecay(),
            train.headLearningRate(),
            train.freeze(),
            groups()),
        train.labelSmoothing(),
        classWeights(labels),
        train.gradientCheckpointing(),
        config.settings().precision());
  }

  /**
   * Finds contradictions before the labels are counted.
   *
   * @throws dev.bertctl.runtime.options.ConfigException if there are any
   */
  void requireSound() {
    settings();
    groups();
    requireOneWeighing();
    if (train.distributed().synchronizeEvery() > 1 && config.settings().precision().scalesLoss()) {
      throw config.wrong(
          "train.distributed.synchronize-every",
          "with precision float16 processes that step alone might skip other steps; set 1, or another precision");
    }
  }

  private OptimizerSpec optimizer() {
    return switch (train.optimizer()) {
      case ADAMW ->
          new OptimizerSpec.AdamW(train.adamBeta1(), train.adamBeta2(), train.adamEpsilon());
      case ADAM ->
          new OptimizerSpec.Adam(train.adamBeta1(), train.adamBeta2(), train.adamEpsilon());
      case SGD -> new OptimizerSpec.Sgd(train.momentum());
    };
  }

  private List<ParameterGroups.Group> groups() {
    try {
      return train.parameterGroups().stream()
          .map(
              group ->
                  new ParameterGroups.Group(
                      group.match(), group.learningRate(), group.weightDecay(), group.frozen()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw config.wrong("train.parameter-groups", e.getMessage());
    }
  }

  /** What the targets of each label weigh; nothing where all weigh the same. */
  private Map<String, Double> classWeights(ClassBalance labels) {
    if (!train.balanceClasses()) {
      return train.classWeights();
    }
    requireOneWeighing();
    if (labels.counts().isEmpty()) {
      throw config.wrong("train.balance-classes", "the task has no labels to balance");
    }
    if (!labels.exclusive()) {
      throw config.wrong(
          "train.balance-classes",
          "labels that do not exclude each other are not balanced; leave it out");
    }
    return labels.balancedWeights();
  }

  private void requireOneWeighing() {
    if (train.balanceClasses() && !train.classWeights().isEmpty()) {
      throw config.wrong(
          "train.balance-classes",
          "the weights are given by train.class-weights; leave one of them out");
    }
  }

  /**
   * Makes sure that each group of parameters is one of the model.
   *
   * @throws dev.bertctl.runtime.options.ConfigException naming the groups that are not
   */
  void requireGroupsOf(BertModel model, ParameterGroups groups) {
    List<String> names = model.parameters().stream().map(Parameter::name).toList();
    List<String> unmatched = groups.unmatched(names);
    if (!unmatched.isEmpty()) {
      throw config.wrong(
          "train.parameter-groups",
          "no parameter of the model matches %s; its parameters are %s"
              .formatted(String.join(", ", unmatched), String.join(", ", names)));
    }
  }
}
