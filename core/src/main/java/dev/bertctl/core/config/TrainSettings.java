// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.graph.Freeze;
import dev.bertctl.runtime.options.Range;
import dev.bertctl.runtime.training.ScheduleSpec;
import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to fine-tune. */
public interface TrainSettings {

  /** Passes over the training data. */
  @Essential
  @Doc("Passes over the training data.")
  @WithDefault("3")
  @Range(atLeast = 1)
  int epochs();

  /** Sequences in a training batch. */
  @Essential
  @Doc("Sequences in a training batch.")
  @WithDefault("32")
  @Range(atLeast = 1)
  int batchSize();

  /** Tokens in a training batch, instead of sequences. */
  @Doc(
      "Tokens in a training batch, padding included, instead of train.batch-size: short sequences"
          + " then share a batch in larger numbers.")
  @Range(atLeast = 8)
  Optional<Integer> batchTokens();

  /** Sequences that are computed at once. */
  @Doc(
      "Most sequences that are computed at once: a larger batch is computed in parts, whose update"
          + " is that of the whole. All at once unless given or memory does not suffice.")
  @Range(atLeast = 1)
  Optional<Integer> microBatchSize();

  /** Sequences in a batch of evaluation or prediction. */
  @Doc("Sequences in a batch when evaluating and predicting.")
  @WithDefault("64")
  @Range(atLeast = 1)
  int evaluationBatchSize();

  /** Highest learning rate. */
  @Essential
  @Doc("Learning rate at the end of the warm-up, from where the schedule goes on.")
  @WithDefault("5e-5")
  @Range(above = 0)
  double learningRate();

  /** What the learning rate does in the course of a run. */
  @Doc(
      "Schedule of the learning rate, each as Hugging Face's of that name; constant has no warm-up.")
  @WithDefault("linear")
  ScheduleSpec.Kind schedule();

  /** Waves or falls of a cosine. */
  @Doc(
      "Waves of the schedule cosine (0.5, from the peak to 0, unless given), or falls of"
          + " cosine-with-restarts (1 unless given).")
  @Range(above = 0)
  Optional<Double> scheduleCycles();

  /** Power of a polynomial. */
  @Doc("Power of the schedule polynomial.")
  @WithDefault("1")
  @Range(above = 0)
  double schedulePower();

  /** End of a polynomial. */
  @Doc("Learning rate that the schedule polynomial ends at.")
  @WithDefault("1e-7")
  @Range(atLeast = 0)
  double scheduleEnd();

  /** Share of the steps in which the learning rate rises. */
  @Doc("Share of all steps in which the learning rate rises linearly from 0.")
  @WithDefault("0.1")
  @Range(atLeast = 0, atMost = 1)
  double warmupRatio();

  /** Steps in which the learning rate rises. */
  @Doc("Steps in which the learning rate rises linearly from 0, instead of a share of them.")
  @Range(atLeast = 0)
  Optional<Long> warmupSteps();

  /** What makes updates of gradients. */
  @Doc(
      "The optimizer, as PyTorch's of that name: adamw (weight decay beside the gradient's step), adam"
          + " or sgd (weight decay as a part of the gradient).")
  @WithDefault("adamw")
  OptimizerName optimizer();

  /** Adam's beta 1. */
  @Doc("Share of the running mean of gradients that adamw and adam keep.")
  @WithDefault("0.9")
  @Range(atLeast = 0, below = 1)
  double adamBeta1();

  /** Adam's beta 2. */
  @Doc("Share of the running mean of squared gradients that adamw and adam keep.")
  @WithDefault("0.999")
  @Range(atLeast = 0, below = 1)
  double adamBeta2();

  /** Adam's epsilon. */
  @Doc("What adamw and adam add to the deviation that they divide by.")
  @WithDefault("1e-8")
  @Range(above = 0)
  double adamEpsilon();

  /** Momentum of SGD. */
  @Doc("Share of the running sum of gradients that sgd keeps.")
  @WithDefault("0.9")
  @Range(atLeast = 0, below = 1)
  double momentum();

  /** Weight decay. */
  @Doc("Weight decay of all weights except biases and LayerNorm.")
  @WithDefault("0.01")
  @Range(atLeast = 0)
  double weightDecay();

  /** Global gradient norm above which gradients are scaled down. */
  @Doc("Gradients are scaled down to this global norm where theirs is larger; 0: never.")
  @WithDefault("1.0")
  @Range(atLeast = 0)
  double maxGradNorm();

  /** Whether a batch has sequences of almost equal lengths. */
  @Doc(
      "Whether sequences of almost equal lengths are put into a batch, which spares padding; without"
          + " it a batch is a random sample.")
  @WithDefault("true")
  boolean groupByLength();

  /** From a layer's learning rate to that of the layer below it. */
  @Doc(
      "Factor from a layer's learning rate to that of the layer below it: with 0.9 the top layer has"
          + " 0.9 of the head's, the one below it 0.81. 1: all the same.")
  @WithDefault("1")
  @Range(above = 0, atMost = 1)
  double layerDecay();

  /** The head's own learning rate. */
  @Doc("Highest learning rate of the head, in place of train.learning-rate.")
  @Range(above = 0)
  Optional<Double> headLearningRate();

  /** What of the encoder is not trained. */
  @Doc(
      "What keeps its weights, and then costs neither gradient nor optimizer memory: none, embeddings,"
          + " encoder, or a number N for the embeddings and the first N layers.")
  @WithDefault("none")
  Freeze freeze();

  /** What is trained otherwise than the rest. */
  @Doc(
      "Parameters that are trained otherwise than the rest. Of several groups that a parameter's name"
          + " matches, the last holds.")
  List<ParameterGroupSettings> parameterGroups();

  /** Whether each epoch has masks of its own. */
  @Doc(
      "Whether what a task draws, such as masks, is drawn anew in each epoch (dynamic masking), or"
          + " once (static masking).")
  @WithDefault("true")
  boolean redraw();

  /** Seed of everything random. */
  @Essential
  @Doc("Seed of shuffling, sampling, dropout and newly initialised weights.")
  @WithDefault("42")
  long seed();

  /** Share of the target that goes to all classes alike. */
  @Doc(
      "Label smoothing: the share of the target that softmax cross-entropy gives to all classes alike,"
          + " in training.")
  @WithDefault("0")
  @Range(atLeast = 0, below = 1)
  double labelSmoothing();

  /** What the targets of a label weigh. */
  @Doc(
      "How much the targets of a label weigh in the training loss, such as class-weights: {yes: 3};"
          + " 1 of labels that are not named.")
  @Range(above = 0)
  Map<String, Double> classWeights();

  /** Whether rare labels weigh as much as frequent ones. */
  @Doc(
      "Whether each label weighs the same in the training loss however often it occurs: its targets"
          + " weigh n / (labels · its count), as scikit-learn's 'balanced'.")
  @WithDefault("false")
  boolean balanceClasses();

  /** Whether layers are computed a second time rather than kept. */
  @Doc(
      "Gradient checkpointing: layers are computed a second time for the backward pass rather than"
          + " kept, which takes less memory and more time.")
  @WithDefault("false")
  boolean gradientCheckpointing();

  /** Overrides the model's own dropout. */
  @Doc("Dropout instead of the model's own, for hidden layers, attention and head.")
  @Range(atLeast = 0, below = 1)
  Optional<Double> dropout();

  /** Time after which the training ends. */
  @Doc(
      "Time in minutes, evaluations included, after which the training ends; the schedule is run"
          + " through by then. What a run learns then depends on the machine's speed.")
  @Range(above = 0)
  Optional<Double> maxMinutes();

  /** How often the model is evaluated. */
  @Doc(
      "How often the model is evaluated on the validation data, such as '200 steps', '1 epoch' or"
          + " '0.5 epochs'; after the last step in any case.")
  @WithDefault("1 epoch")
  Interval evaluateEvery();

  /** The value that evaluations are compared by. */
  @Doc(
      "The metric by which the best evaluation is chosen, or loss; the task's primary metric unless"
          + " given.")
  Optional<String> bestMetric();

  /** When a training ends that no longer gets better. */
  EarlyStoppingSettings earlyStopping();

  /** How several processes train together. */
  DistributedSettings distributed();

  /** How often a checkpoint is kept. */
  @Doc(
      "How often a checkpoint is kept that --resume goes on from, such as '500 steps', '10 minutes' or"
          + " '1 epoch'; of several whichever comes first.")
  @WithDefault("1 epoch,15 minutes")
  List<Interval> checkpointEvery();

  /** How many checkpoints are kept. */
  @Doc("How many of the last checkpoints are kept while a run is not finished.")
  @WithDefault("2")
  @Range(atLeast = 1)
  int keepCheckpoints();

  /** Steps between two lines of the history. */
  @Doc("Steps between two lines of history.jsonl.")
  @WithDefault("10")
  @Range(atLeast = 1)
  int logEvery();
}
