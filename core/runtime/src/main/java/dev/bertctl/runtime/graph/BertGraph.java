// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.Encoder;
import dev.bertctl.runtime.encoder.EncoderInput;
import dev.bertctl.runtime.encoder.Gradients;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.encoder.Pooler;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Builds the computation of a task on BERT.
 *
 * <p>Inference and training are separate computations over the same variables, so that inference
 * carries no dropout and keeps nothing for a backward pass.
 */
final class BertGraph {

  private final String task;
  private final Graph graph;
  private final Ops tf;
  private final BertConfig config;
  private final Head head;
  private final Parameters parameters;
  private final ModelInputs inputs;
  private final Map<String, Initializer> initializers = new LinkedHashMap<>();

  /**
   * @param task name of the task, for errors about its head
   */
  BertGraph(String task, Graph graph, BertConfig config, Head head) {
    this.task = task;
    this.graph = graph;
    this.tf = Ops.create(graph);
    this.config = config;
    this.head = head;
    this.parameters = new Parameters(tf);
    this.inputs = ModelInputs.create(tf, head.target());
  }

  ModelInputs inputs() {
    return inputs;
  }

  Parameters parameters() {
    return parameters;
  }

  /** How the head's own parameters begin where a checkpoint has none. */
  Map<String, Initializer> initializers() {
    return initializers;
  }

  /** Adds the inference computation. */
  Inference inference() {
    Stack stack = new Stack(Optional.empty());
    HeadOutput output = stack.output;
    return new Inference(
        stack.sequence,
        stack.pooled,
        output.logits(),
        tf.sum(tf.math.mul(output.losses(), output.weights()), tf.constant(0)),
        tf.sum(output.weights(), tf.constant(0)));
  }

  /** Adds the training computation. */
  Training training() {
    Operand<TInt64> seed = ModelInputs.placeholder(tf, TInt64.class, 0);
    Stack stack = new Stack(Optional.of(seed));
    Operand<TFloat32> loss = meanLoss(stack.output);
    Gradients gradients = new Gradients();
    List<Parameter> onTop =
        parameters.all().stream().filter(parameter -> !Encoder.owns(parameter.name())).toList();
    Operand<TFloat32> dSequence =
        new HeadGradients(task, graph).of(loss, stack.sequence, onTop, gradients);
    stack.encoder.backward(dSequence, gradients);
    Map<Parameter, Operand<TFloat32>> byParameter = new LinkedHashMap<>();
    for (Parameter parameter : parameters.all()) {
      byParameter.put(parameter, gradients.byName().get(parameter.name()));
    }
    return new Training(seed, loss, byParameter, new AdamW(tf, byParameter));
  }

  /** The weights are left out of the differentiation: they are data. */
  private Operand<TFloat32> meanLoss(HeadOutput output) {
    Operand<TFloat32> weights = tf.stopGradient(output.weights());
    Operand<TFloat32> sum = tf.sum(tf.math.mul(output.losses(), weights), tf.constant(0));
    // A batch in which every target is left out has loss 0, not NaN.
    Operand<TFloat32> count = tf.math.maximum(tf.sum(weights, tf.constant(0)), tf.constant(1e-6f));
    return tf.math.div(sum, count);
  }

  /** Encoder, pooler where the head wants it, and head. */
  private final class Stack {

    private final Encoder encoder;
    private final Operand<TFloat32> sequence;
    private final Optional<Operand<TFloat32>> pooled;
    private final HeadOutput output;

    Stack(Optional<Operand<TInt64>> seed) {
      DropoutSource dropouts = new DropoutSource(tf, seed);
      EncoderInput input = inputs.encoderInput(tf);
      encoder = new Encoder(tf, parameters, dropouts, config);
      sequence = tf.identity(encoder.forward(input));
      pooled =
          head.usesPooler()
              ? Optional.of(new Pooler(tf, parameters, config.hiddenSize()).forward(sequence))
              : Optional.empty();
      HeadLayers layers =
          new HeadLayers(tf, parameters, dropouts, config, inputs, sequence, pooled);
      output = built(layers);
      initializers.putAll(layers.initializers());
    }

    private HeadOutput built(HeadLayers layers) {
      try {
        HeadOutput built = head.build(layers);
        HeadCheck.check(built, inputs, graph);
        return built;
      } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
        throw new UserException(
            "the head of task '%s' cannot be built: %s".formatted(task, e.getMessage()), e);
      }
    }
  }

  /**
   * What inference gives.
   *
   * @param sequence last hidden states [N,T,H]
   * @param pooled the pooler's output [N,H], where the head uses it
   * @param logits the head's logits
   * @param lossSum sum of weighted losses, scalar
   * @param weightSum sum of the weights, scalar
   */
  record Inference(
      Operand<TFloat32> sequence,
      Optional<Operand<TFloat32>> pooled,
      Operand<TFloat32> logits,
      Operand<TFloat32> lossSum,
      Operand<TFloat32> weightSum) {}

  /**
   * What training adds.
   *
   * @param seed the step's dropout seed, int64 scalar
   * @param loss mean loss of the batch, scalar
   * @param gradients of each parameter, before clipping
   * @param optimizer the updates
   */
  record Training(
      Operand<TInt64> seed,
      Operand<TFloat32> loss,
      Map<Parameter, Operand<TFloat32>> gradients,
      AdamW optimizer) {}
}
