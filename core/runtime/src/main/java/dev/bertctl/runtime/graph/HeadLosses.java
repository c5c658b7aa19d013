// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.Padding;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The losses that a head is made of. In training they are smoothed, and their targets weighed by
 * class, as configured; evaluation always measures the plain loss.
 */
final class HeadLosses {

  private final Graph graph;
  private final Ops tf;
  private final ModelInputs inputs;
  private final Head head;
  private final double smoothing;
  private final Map<String, Double> classWeights;
  private final Set<GraphOperation> smoothed = new HashSet<>();
  private final Map<GraphOperation, Operand<TInt32>> labelled = new HashMap<>();

  /**
   * @param training empty in the computation that evaluates
   */
  HeadLosses(Graph graph, ModelInputs inputs, Head head, Optional<TrainingSpec> training) {
    this.graph = graph;
    this.tf = Ops.create(graph);
    this.inputs = inputs;
    this.head = head;
    this.smoothing = training.map(TrainingSpec::labelSmoothing).orElse(0.0);
    this.classWeights = training.map(TrainingSpec::classWeights).orElse(Map.of());
  }

  /** See {@link dev.bertctl.spi.head.HeadGraph#softmaxCrossEntropy}. */
  Operand<TFloat32> softmaxCrossEntropy(Operand<TFloat32> logits, Operand<TInt32> targets) {
    Operand<TInt32> classes = tf.gather(tf.shape(logits), tf.constant(1), tf.constant(0));
    // A negative target has an all-zero row here, and so a loss of 0.
    Operand<TFloat32> expected =
        tf.oneHot(targets, classes, tf.constant(1f), tf.constant(0f)); // [rows,L]
    if (smoothing == 0) {
      return tf.nn.softmaxCrossEntropyWithLogits(logits, expected).loss();
    }
    Operand<TFloat32> losses =
        tf.nn.softmaxCrossEntropyWithLogits(logits, smooth(expected, logits, targets)).loss();
    smoothed.add((GraphOperation) losses.op());
    return losses;
  }

  /**
   * The one-hot rows with the share e taken off and spread evenly over the classes that are not
   * padding, as PyTorch's {@code F.cross_entropy(label_smoothing=e)} does over all.
   */
  private Operand<TFloat32> smooth(
      Operand<TFloat32> expected, Operand<TFloat32> logits, Operand<TInt32> targets) {
    Operand<TInt32> columns = tf.constant(1);
    // What is expected is no function of the logits: it is not differentiated.
    Operand<TFloat32> unmasked = tf.stopGradient(Padding.unmasked(tf, logits)); // [rows,L]
    Operand<TFloat32> count = tf.expandDims(tf.sum(unmasked, columns), columns); // [rows,1]
    Operand<TFloat32> counts = tf.expandDims(hasTarget(targets), columns); // [rows,1]
    Operand<TFloat32> even = tf.math.mul(tf.math.divNoNan(unmasked, count), counts); // [rows,L]
    return tf.math.add(
        tf.math.mul(expected, tf.constant((float) (1 - smoothing))),
        tf.math.mul(even, tf.constant((float) smoothing)));
  }

  /** {@code softplus(x) - x·y}, which neither overflows nor takes a logarithm of 0. */
  Operand<TFloat32> sigmoidCrossEntropy(Operand<TFloat32> logits, Operand<TFloat32> targets) {
    return tf.math.sub(tf.math.softplus(logits), tf.math.mul(logits, targets));
  }

  /** See {@link dev.bertctl.spi.head.HeadGraph#squaredError}. */
  Operand<TFloat32> squaredError(Operand<TFloat32> values, Operand<TFloat32> targets) {
    return tf.math.square(tf.math.sub(values, targets));
  }

  /** See {@link dev.bertctl.spi.head.HeadGraph#hasTarget}. */
  Operand<TFloat32> hasTarget(Operand<TInt32> targets) {
    Operand<TFloat32> has =
        tf.dtypes.cast(tf.math.greaterEqual(targets, tf.constant(0)), TFloat32.class);
    if (!classWeights.isEmpty() && areLabels(targets)) {
      labelled.put((GraphOperation) has.op(), targets);
    }
    return has;
  }

  /** Whether they are the head's target of labels, in whatever shape. */
  private boolean areLabels(Operand<TInt32> targets) {
    Set<GraphOperation> origins = origins(targets);
    return inputs.specs().values().stream()
        .filter(
            spec ->
                spec.form() == TargetSpec.Form.LABEL
                    || spec.form() == TargetSpec.Form.LABEL_PER_TOKEN)
        .filter(spec -> spec.size() == head.labels().size())
        .anyMatch(spec -> origins.contains(inputs.targets().get(spec.name()).op()));
  }

  /** The operations that a value is made of, its own included. */
  private Set<GraphOperation> origins(Operand<?> value) {
    Set<GraphOperation> origins = new HashSet<>(graph.subgraphTo(Set.of(value)));
    origins.add((GraphOperation) value.op());
    return origins;
  }

  /**
   * The losses to train on: those of a head, their targets weighed by class. Weights are a loss'
   * own matter only if they are what {@link #hasTarget} gave: of anything that was made of it, such
   * as a mask, nobody knows what it means.
   *
   * @throws UserException if the head can do nothing with label smoothing or class weights that are
   *     configured
   */
  Map<String, HeadOutput.Loss> toTrainOn(String task, Map<String, HeadOutput.Loss> losses) {
    if (smoothing > 0 && losses.values().stream().noneMatch(this::isSmoothed)) {
      throw new UserException(
          "the head of task '%s' takes no label smoothing: no loss of it is a softmax cross-entropy; leave train.label-smoothing at 0"
              .formatted(task));
    }
    if (classWeights.isEmpty()) {
      return losses;
    }
    requireKnownLabels(task);
    if (losses.values().stream().noneMatch(this::isOfLabels)) {
      throw new UserException(
          "the head of task '%s' takes no class weights: no loss of it has hasTarget of its labels as weights; leave train.class-weights out"
              .formatted(task));
    }
    Map<String, HeadOutput.Loss> weighed = new LinkedHashMap<>();
    losses.forEach(
        (name, loss) ->
            weighed.put(
                name,
                isOfLabels(loss)
                    ? new HeadOutput.Loss(loss.values(), weigh(loss.weights()), loss.factor())
                    : loss));
    return weighed;
  }

  private boolean isSmoothed(HeadOutput.Loss loss) {
    return origins(loss.values()).stream().anyMatch(smoothed::contains);
  }

  private boolean isOfLabels(HeadOutput.Loss loss) {
    return labelled.containsKey((GraphOperation) loss.weights().op());
  }

  private void requireKnownLabels(String task) {
    Set<String> unknown = new TreeSet<>(classWeights.keySet());
    head.labels().forEach(unknown::remove);
    if (head.labels().isEmpty()) {
      throw new UserException(
          "the head of task '%s' takes no class weights: it has no labels; leave train.class-weights out"
              .formatted(task));
    }
    if (!unknown.isEmpty()) {
      throw new UserException(
          "train.class-weights has a weight for '%s', which is no label of task '%s'; its labels are %s"
              .formatted(String.join("', '", unknown), task, String.join(", ", head.labels())));
    }
  }

  /** Gives each target the weight of its class; one that is left out keeps 0. */
  private Operand<TFloat32> weigh(Operand<TFloat32> has) {
    List<String> labels = head.labels();
    float[] weights = new float[labels.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = classWeights.getOrDefault(labels.get(i), 1.0).floatValue();
    }
    Operand<TInt32> targets = labelled.get((GraphOperation) has.op());
    Operand<TInt32> index = tf.math.maximum(targets, tf.constant(0));
    return tf.math.mul(has, tf.gather(tf.constant(weights), index, tf.constant(0)));
  }
}
