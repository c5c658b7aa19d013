// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.Encoder;
import dev.bertctl.runtime.encoder.EncoderOutput;
import dev.bertctl.runtime.encoder.Gradients;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.encoder.Pooler;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
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
  private final Vocabulary vocabulary;
  private final boolean gradientCheckpointing;
  private final Parameters parameters;
  private final ModelInputs inputs;

  /**
   * @param task name of the task, for errors about its head
   * @param gradientCheckpointing whether training keeps the inputs of layers alone
   */
  BertGraph(
      String task,
      Graph graph,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      boolean gradientCheckpointing) {
    this.task = task;
    this.graph = graph;
    this.tf = Ops.create(graph);
    this.config = config;
    this.head = head;
    this.vocabulary = vocabulary;
    this.gradientCheckpointing = gradientCheckpointing;
    this.parameters = new Parameters(tf);
    parameters.declare(BertParameters.encoder(config));
    if (head.needs().contains(EncoderNeed.POOLED_OUTPUT)) {
      parameters.declare(BertParameters.pooler(config));
    }
    try {
      this.inputs = ModelInputs.create(tf, head.targets());
    } catch (IllegalArgumentException e) {
      throw unbuildable(e);
    }
  }

  ModelInputs inputs() {
    return inputs;
  }

  Parameters parameters() {
    return parameters;
  }

  private UserException unbuildable(RuntimeException cause) {
    return new UserException(
        "the head of task '%s' cannot be built: %s".formatted(task, cause.getMessage()), cause);
  }

  /** Adds the inference computation. */
  Inference inference() {
    Stack stack = new Stack(Optional.empty());
    Map<String, LossSums> losses = new LinkedHashMap<>();
    stack
        .output
        .losses()
        .forEach(
            (name, loss) ->
                losses.put(
                    name,
                    new LossSums(
                        tf.sum(tf.math.mul(loss.values(), loss.weights()), tf.constant(0)),
                        tf.sum(loss.weights(), tf.constant(0)),
                        loss.factor())));
    return new Inference(stack.encoded, stack.output.values(), losses);
  }

  /**
   * Adds the training computation.
   *
   * @throws UserException if the head has no loss, or one that cannot be differentiated
   */
  Training training() {
    Operand<TInt64> seed = ModelInputs.placeholder(tf, TInt64.class, 0);
    Stack stack = new Stack(Optional.of(seed));
    Map<String, Operand<TFloat32>> losses = new LinkedHashMap<>();
    stack.output.losses().forEach((name, loss) -> losses.put(name, mean(loss)));
    if (losses.isEmpty()) {
      throw new UserException(
          "the head of task '%s' has no loss: it is not trained, only applied".formatted(task));
    }
    Operand<TFloat32> total = total(stack.output, losses);
    Gradients gradients = new Gradients(tf);
    List<Parameter> onTop =
        parameters.all().stream()
            .filter(parameter -> !BertParameters.isOfEncoder(parameter.name()))
            .toList();
    stack.encoder.backward(
        new HeadGradients(task, graph).of(total, stack.encoded, onTop, gradients), gradients);
    Map<Parameter, Operand<TFloat32>> byParameter = new LinkedHashMap<>();
    for (Parameter parameter : parameters.all()) {
      byParameter.put(parameter, gradients.byName().get(parameter.name()));
    }
    return new Training(seed, total, losses, byParameter, new AdamW(tf, byParameter));
  }

  /** The weights are left out of the differentiation: they are data. */
  private Operand<TFloat32> mean(HeadOutput.Loss loss) {
    Operand<TFloat32> weights = tf.stopGradient(loss.weights());
    Operand<TFloat32> sum = tf.sum(tf.math.mul(loss.values(), weights), tf.constant(0));
    // A batch in which every target is left out has loss 0, not NaN.
    Operand<TFloat32> count = tf.math.maximum(tf.sum(weights, tf.constant(0)), tf.constant(1e-6f));
    return tf.math.div(sum, count);
  }

  /** The sum of the means, each times its factor. */
  private Operand<TFloat32> total(HeadOutput output, Map<String, Operand<TFloat32>> means) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    output
        .losses()
        .forEach(
            (name, loss) ->
                parts.add(
                    loss.factor() == 1
                        ? means.get(name)
                        : tf.math.mul(means.get(name), tf.constant((float) loss.factor()))));
    return parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }

  /** Encoder, pooler where the head needs it, and head. */
  private final class Stack {

    private final Encoder encoder;
    private final Encoded encoded;
    private final HeadOutput output;

    Stack(Optional<Operand<TInt64>> seed) {
      DropoutSource dropouts = new DropoutSource(tf, seed);
      AttentionMask mask =
          head.needs().contains(EncoderNeed.CAUSAL_ATTENTION)
              ? AttentionMask.CAUSAL
              : AttentionMask.BIDIRECTIONAL;
      encoder = new Encoder(tf, parameters, dropouts, config, mask, gradientCheckpointing);
      encoded = encoded(encoder.forward(inputs.encoderInput(tf)));
      HeadLayers layers =
          new HeadLayers(tf, parameters, dropouts, config, vocabulary, inputs, head, encoded);
      output = built(layers);
    }

    /** Identities keep apart what the head reads from what the next layer reads. */
    private Encoded encoded(EncoderOutput computed) {
      List<Operand<TFloat32>> states = new ArrayList<>();
      computed.hiddenStates().forEach(state -> states.add(tf.identity(state)));
      Operand<TFloat32> sequence = states.get(states.size() - 1);
      return new Encoded(
          states,
          computed.attentions().stream()
              .<Operand<TFloat32>>map(attention -> tf.stopGradient(attention))
              .toList(),
          head.needs().contains(EncoderNeed.POOLED_OUTPUT)
              ? Optional.of(new Pooler(tf, parameters).forward(sequence))
              : Optional.empty(),
          head.needs().contains(EncoderNeed.WORD_EMBEDDINGS) && config.tiesWordEmbeddings()
              ? Optional.of(tf.identity(parameters.value(BertParameters.WORD_EMBEDDINGS)))
              : Optional.empty());
    }

    private HeadOutput built(HeadLayers layers) {
      try {
        HeadOutput built = head.build(layers);
        HeadCheck.check(head, built, inputs, graph);
        return built;
      } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
        throw unbuildable(e);
      }
    }
  }

  /**
   * What inference gives.
   *
   * @param encoded what the head reads of the encoder
   * @param outputs the head's outputs by name
   * @param losses by name
   */
  record Inference(
      Encoded encoded, Map<String, HeadOutput.Values> outputs, Map<String, LossSums> losses) {}

  /**
   * What a loss sums up to in a batch.
   *
   * @param sum of the weighted losses, scalar
   * @param weights sum of the weights, scalar
   * @param factor of the loss in the sum that is trained on
   */
  record LossSums(Operand<TFloat32> sum, Operand<TFloat32> weights, double factor) {}

  /**
   * What training adds.
   *
   * @param seed the step's dropout seed, int64 scalar
   * @param loss what is trained on: the sum of the batch's mean losses, each times its factor
   * @param losses the batch's mean of each loss, scalars by name
   * @param gradients of each parameter, before clipping
   * @param optimizer the updates
   */
  record Training(
      Operand<TInt64> seed,
      Operand<TFloat32> loss,
      Map<String, Operand<TFloat32>> losses,
      Map<Parameter, Operand<TFloat32>> gradients,
      AdamW optimizer) {}
}
