// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.Encoder;
import dev.bertctl.runtime.encoder.EncoderInput;
import dev.bertctl.runtime.encoder.EncoderOutput;
import dev.bertctl.runtime.encoder.Gradients;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.encoder.Pooler;
import dev.bertctl.runtime.graph.ParameterGroups.Treatment;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
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
  private final Parameters parameters;
  private final ModelInputs inputs;

  /**
   * @param task name of the task, for errors about its head
   * @param held makes the parameters: {@link Parameters#trained} or {@link Parameters#applied}
   */
  BertGraph(
      String task,
      Graph graph,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Function<Ops, Parameters> held) {
    this(task, graph, config, head, vocabulary, held, ModelInputs::create);
  }

  /**
   * @param task name of the task, for errors about its head
   * @param held makes the parameters: {@link Parameters#trained} or {@link Parameters#applied}
   * @param madeOf makes the inputs of the head's targets
   */
  BertGraph(
      String task,
      Graph graph,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Function<Ops, Parameters> held,
      BiFunction<Ops, List<TargetSpec>, ModelInputs> madeOf) {
    this.task = task;
    this.graph = graph;
    this.tf = Ops.create(graph);
    this.config = config;
    this.head = head;
    this.vocabulary = vocabulary;
    this.parameters = held.apply(tf);
    parameters.declare(BertParameters.encoder(config));
    if (head.needs().contains(EncoderNeed.POOLED_OUTPUT)) {
      parameters.declare(BertParameters.pooler(config));
    }
    try {
      this.inputs = madeOf.apply(tf, head.targets());
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
    return inference(withEncoder(Optional.empty()));
  }

  /**
   * Adds an inference computation that can begin with any embeddings, and tells how one of its
   * outputs changes with them.
   *
   * @param name of the output
   * @throws UserException if the output cannot be differentiated
   */
  ExplanationGraph explanation(String name) {
    DropoutSource dropouts = new DropoutSource(tf, Optional.empty());
    Encoder encoder = new Encoder(tf, parameters, dropouts, config, AttentionMask.of(head), false);
    EncoderInput input = inputs.encoderInput(tf);
    Shape states = Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, config.hiddenSize());
    Operand<TFloat32> embeddings =
        tf.placeholderWithDefault(encoder.embeddings(input), states); // [N,T,H]
    Stack stack =
        new Stack(
            Optional.of(encoder), encoder.forward(input, embeddings), dropouts, Optional.empty());
    HeadOutput.Values output = stack.output.values().get(name);
    Operand<TFloat32> selector = tf.placeholder(TFloat32.class);
    Operand<TFloat32> selected =
        tf.sum(
            tf.reshape(tf.math.mul(output.values(), selector), tf.constant(new int[] {-1})),
            tf.constant(0));
    Operand<TFloat32> gradient =
        encoder.embeddingsGradient(
            input,
            new HeadGradients(task, graph, HeadGradients.Purpose.EXPLANATION)
                .ofHiddenStates(selected, stack.encoded));
    return new ExplanationGraph(
        inference(stack), inputs, embeddings, output.layout(), selector, gradient);
  }

  /**
   * The definition of what stands on top of the encoder in inference, whose outputs become
   * placeholders. The graph must hold nothing else.
   */
  HeadDefinition headDefinition() {
    EncoderOutput encoder = encoderPlaceholders();
    Inference inference =
        inference(
            new Stack(
                Optional.empty(),
                encoder,
                new DropoutSource(tf, Optional.empty()),
                Optional.empty()));
    Map<String, HeadDefinition.Input> byNode = new LinkedHashMap<>(inputs.byNode());
    for (int i = 0; i < encoder.hiddenStates().size(); i++) {
      byNode.put(encoder.hiddenStates().get(i).op().name(), new HeadDefinition.HiddenState(i));
    }
    for (int i = 0; i < encoder.attentions().size(); i++) {
      byNode.put(encoder.attentions().get(i).op().name(), new HeadDefinition.Attention(i));
    }
    return HeadDefinition.of(graph, inference, AttentionMask.of(head), parameters.all(), byNode);
  }

  private EncoderOutput encoderPlaceholders() {
    long any = Shape.UNKNOWN_SIZE;
    Shape state = Shape.of(any, any, config.hiddenSize()); // [N,T,H]
    Shape attention = Shape.of(any, config.heads(), any, any); // [N,A,T,T]
    List<Operand<TFloat32>> states = new ArrayList<>();
    List<Operand<TFloat32>> attentions = new ArrayList<>();
    for (int i = 0; i <= config.layers(); i++) {
      states.add(tf.placeholder(TFloat32.class, Placeholder.shape(state)));
    }
    for (int i = 0; i < config.layers(); i++) {
      attentions.add(tf.placeholder(TFloat32.class, Placeholder.shape(attention)));
    }
    return new EncoderOutput(states, attentions);
  }

  private Inference inference(Stack stack) {
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
   * @throws UserException if the head has no loss, or one that cannot be differentiated, or if it
   *     cannot be trained in the way that is asked for
   */
  TrainingGraph training(TrainingSpec spec) {
    Operand<TInt64> seed = ModelInputs.placeholder(tf, TInt64.class, 0);
    Stack stack = withEncoder(Optional.of(new Training(seed, spec)));
    if (stack.output.losses().isEmpty()) {
      throw new UserException(
          "the head of task '%s' has no loss: it is not trained, only applied".formatted(task));
    }
    Map<Parameter, Treatment> trained = trained(spec.groups());
    TrainingLosses losses =
        new TrainingLosses(tf, stack.losses.toTrainOn(task, stack.output.losses()));
    Optional<Operand<TFloat32>> scale =
        spec.precision().scalesLoss()
            ? Optional.of(ModelInputs.placeholder(tf, TFloat32.class, 0))
            : Optional.empty();
    Operand<TFloat32> differentiated =
        scale
            .<Operand<TFloat32>>map(factor -> tf.math.mul(losses.total(), factor))
            .orElse(losses.total());
    Map<Parameter, Operand<TFloat32>> gradients =
        gradients(stack, differentiated, trained.keySet());
    Optimizer optimizer = new Optimizer(tf, spec.optimizer(), trained);
    Accumulators accumulators = Accumulators.of(tf, gradients);
    return new TrainingGraph(
        inputs,
        seed,
        losses,
        scale,
        gradients,
        optimizer,
        optimizer.update(gradients),
        accumulators,
        optimizer.update(
            scale
                .map(factor -> unscaled(accumulators.sums(), factor))
                .orElse(accumulators.sums())));
  }

  /**
   * The scale is taken off sums that were written, in another run than that which computes them:
   * within one, the division might be done in float16, where what the scale is for would be lost.
   */
  private Map<Parameter, Operand<TFloat32>> unscaled(
      Map<Parameter, Operand<TFloat32>> sums, Operand<TFloat32> scale) {
    Map<Parameter, Operand<TFloat32>> unscaled = new LinkedHashMap<>();
    sums.forEach((parameter, sum) -> unscaled.put(parameter, tf.math.div(sum, scale)));
    return unscaled;
  }

  /** The parameters that are not frozen, and how they are trained. */
  private Map<Parameter, Treatment> trained(ParameterGroups groups) {
    groups
        .freeze()
        .count()
        .ifPresent(
            count -> {
              if (count > config.layers()) {
                throw new UserException(
                    "the first %d layers cannot be frozen: the model has %d; freeze at most that, or write encoder"
                        .formatted(count, config.layers()));
              }
            });
    Map<Parameter, Treatment> trained = new LinkedHashMap<>();
    for (Parameter parameter : parameters.all()) {
      Treatment treatment = groups.treatment(parameter.spec(), config.layers());
      if (!treatment.frozen()) {
        trained.put(parameter, treatment);
      }
    }
    if (trained.isEmpty()) {
      throw new UserException(
          "nothing is left to train of task '%s': every parameter is frozen; freeze less"
              .formatted(task));
    }
    return trained;
  }

  private Map<Parameter, Operand<TFloat32>> gradients(
      Stack stack, Operand<TFloat32> loss, Set<Parameter> trained) {
    Gradients gradients =
        new Gradients(tf, trained.stream().map(Parameter::name).collect(Collectors.toSet()));
    List<Parameter> onTop =
        trained.stream()
            .filter(parameter -> !BertParameters.isOfEncoder(parameter.name()))
            .toList();
    stack
        .encoder
        .orElseThrow()
        .backward(
            new HeadGradients(task, graph, HeadGradients.Purpose.TRAINING)
                .of(loss, stack.encoded, onTop, gradients),
            gradients);
    Map<Parameter, Operand<TFloat32>> byParameter = new LinkedHashMap<>();
    for (Parameter parameter : trained) {
      byParameter.put(parameter, gradients.byName().get(parameter.name()));
    }
    return byParameter;
  }

  /** Adds encoder, pooler where the head needs it, and head. */
  private Stack withEncoder(Optional<Training> training) {
    DropoutSource dropouts = new DropoutSource(tf, training.map(Training::seed));
    Optional<TrainingSpec> spec = training.map(Training::spec);
    Encoder encoder =
        new Encoder(
            tf,
            parameters,
            dropouts,
            config,
            AttentionMask.of(head),
            spec.map(TrainingSpec::gradientCheckpointing).orElse(false));
    return new Stack(
        Optional.of(encoder), encoder.forward(inputs.encoderInput(tf)), dropouts, spec);
  }

  /** What the encoder gives, pooler where the head needs it, and head. */
  private final class Stack {

    private final Optional<Encoder> encoder;
    private final Encoded encoded;
    private final HeadLosses losses;
    private final HeadOutput output;

    /**
     * @param encoder what gave the output; empty if that is placeholders
     */
    Stack(
        Optional<Encoder> encoder,
        EncoderOutput computed,
        DropoutSource dropouts,
        Optional<TrainingSpec> spec) {
      this.encoder = encoder;
      encoded = encoded(computed);
      losses = new HeadLosses(graph, inputs, head, spec);
      HeadLayers layers =
          new HeadLayers(
              tf, parameters, dropouts, config, vocabulary, inputs, head, encoded, losses);
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
   * What the training computation is built with.
   *
   * @param seed of the dropout, int64 scalar
   * @param spec how it is trained
   */
  private record Training(Operand<TInt64> seed, TrainingSpec spec) {}
}
