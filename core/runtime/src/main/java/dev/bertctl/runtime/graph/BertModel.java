// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A task's model in TensorFlow's memory: runs batches, and holds the weights. Several threads at
 * once may predict and evaluate, but not while one trains or assigns weights.
 */
public final class BertModel implements InferenceModel, StepMaker {

  private final BertConfig config;
  private final Vocabulary vocabulary;
  private final Graph graph;
  private final BertGraph definition;
  private final BertGraph.Inference inference;
  private final Optional<TrainingSteps> training;
  private final Optional<OutputGradients> explained;
  private final Session session;
  private final Variables variables;
  private final BatchOutputs outputs;

  private BertModel(
      Graph graph,
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Optional<TrainingSpec> training,
      Optional<String> explained,
      Function<Ops, Parameters> held,
      ComputeDevice device) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.graph = graph;
    this.definition = new BertGraph(task, graph, config, head, vocabulary, held);
    Optional<ExplanationGraph> explanation = explained.map(definition::explanation);
    this.inference = explanation.map(ExplanationGraph::inference).orElseGet(definition::inference);
    this.outputs = new BatchOutputs(inference.outputs());
    Optional<TrainingGraph> added = training.map(definition::training);
    this.variables = new Variables(graph);
    variables.declare(definition.parameters().all());
    added.ifPresent(trained -> variables.declareSlots(trained.optimizer().slots()));
    this.session =
        training
            .map(spec -> device.session(graph, spec.precision()))
            .orElseGet(() -> device.session(graph));
    this.training = added.map(trained -> new TrainingSteps(session, trained));
    this.explained = explanation.map(one -> new OutputGradients(session, one));
  }

  /**
   * Builds the model; its weights are to be assigned next.
   *
   * @param task name of the task, for errors about its head
   * @param vocabulary of the model's tokenizer
   * @param training how it is to be trained; empty if its weights may be read, but are not trained
   * @throws dev.bertctl.runtime.UserException if the head cannot be built, or not be trained so
   */
  public static BertModel create(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Optional<TrainingSpec> training,
      ComputeDevice device) {
    return create(
        task, config, head, vocabulary, training, Optional.empty(), Parameters::trained, device);
  }

  /**
   * Builds a model that is only applied; its weights are to be assigned next. It gives what one
   * that is {@linkplain #create created} gives, to the last bit, in less time: what layers multiply
   * by is computed when the weights are assigned, and not in each run. Weights that are held
   * multiplied cannot be read back.
   *
   * @param task name of the task, for errors about its head
   * @param vocabulary of the model's tokenizer
   * @throws dev.bertctl.runtime.UserException if the head cannot be built
   */
  public static BertModel applied(
      String task, BertConfig config, Head head, Vocabulary vocabulary, ComputeDevice device) {
    return create(
        task,
        config,
        head,
        vocabulary,
        Optional.empty(),
        Optional.empty(),
        Parameters::applied,
        device);
  }

  /**
   * Builds a model that is only {@linkplain #applied applied}, and whose output can be explained;
   * its weights are to be assigned next.
   *
   * @param task name of the task, for errors about its head
   * @param vocabulary of the model's tokenizer
   * @param output the name of the head's output that is to be explained
   * @throws dev.bertctl.runtime.UserException if the head cannot be built, or its output has no
   *     gradient
   */
  public static BertModel explaining(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      String output,
      ComputeDevice device) {
    return create(
        task,
        config,
        head,
        vocabulary,
        Optional.empty(),
        Optional.of(output),
        Parameters::applied,
        device);
  }

  private static BertModel create(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Optional<TrainingSpec> training,
      Optional<String> explained,
      Function<Ops, Parameters> held,
      ComputeDevice device) {
    TensorFlowEngine.load();
    Graph graph = new Graph();
    try {
      return new BertModel(
          graph, task, config, head, vocabulary, training, explained, held, device);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  @Override
  public BertConfig config() {
    return config;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** All parameters: the encoder's, then the pooler's if there is one, then the head's. */
  public Collection<Parameter> parameters() {
    return definition.parameters().all();
  }

  /** The weights, and in training what the optimizer remembers of those that are not frozen. */
  public VariableValues values() {
    return new VariableValues(session, variables);
  }

  /** As many as there are: on a GPU the largest batch is the fastest. */
  @Override
  public int enoughTokens() {
    return Integer.MAX_VALUE;
  }

  @Override
  public List<Map<String, Matrix>> predict(Batch batch) {
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feed(run, batch);
      outputs.fetch(run);
      return outputs.split(run.run(), batch);
    }
  }

  @Override
  public Evaluated evaluate(Batch batch) {
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feedWithTargets(run, batch);
      outputs.fetch(run);
      inference.losses().values().forEach(loss -> run.fetch(loss.sum()).fetch(loss.weights()));
      run.run();
      int index = inference.outputs().size();
      Map<String, LossSum> losses = new LinkedHashMap<>();
      for (Map.Entry<String, BertGraph.LossSums> loss : inference.losses().entrySet()) {
        double sum = run.number(index++);
        double weight = run.number(index++);
        losses.put(loss.getKey(), new LossSum(sum, weight, loss.getValue().factor()));
      }
      return new Evaluated(outputs.split(run, batch), losses);
    }
  }

  /** How the output of an {@link #explaining} model depends on the embeddings. */
  public OutputGradients outputGradients() {
    return explained.orElseThrow();
  }

  /**
   * Makes training steps together with other processes. What it needs is added to the graph: ask
   * once.
   */
  public SharedSteps sharedSteps() {
    return training.orElseThrow().shared(Ops.create(graph));
  }

  /**
   * The sum of each loss' weights over parts of a batch; see {@link BatchShare#weights}.
   *
   * @param parts at least one
   */
  public double[] lossWeights(List<Batch> parts) {
    return training.orElseThrow().lossWeights(parts, 0);
  }

  @Override
  public boolean scalesLoss() {
    return training.orElseThrow().scalesLoss();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A batch may come in parts to take less memory: losses and update are those of the batch as a
   * whole, but for the dropout.
   */
  @Override
  public Trained train(List<Batch> parts, Optimizer.Step step, long seed) {
    return training.orElseThrow().train(parts, step, seed);
  }

  @Override
  public Trained rehearse(Batch batch, long seed) {
    return training.orElseThrow().rehearse(batch, seed);
  }

  /**
   * The hidden states {@code hidden_states.I} [N,T,H], attentions {@code attentions.I} [N,A,T,T]
   * and the pooler's output {@code pooled} [N,H], for comparison with a reference.
   */
  public Map<String, float[]> encoded(Batch batch) {
    Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>();
    Encoded encoded = inference.encoded();
    encoded.hiddenStates().forEach(state -> wanted.put("hidden_states." + wanted.size(), state));
    int layers = wanted.size();
    encoded
        .attentions()
        .forEach(attention -> wanted.put("attentions." + (wanted.size() - layers), attention));
    encoded.pooled().ifPresent(pooled -> wanted.put("pooled", pooled));
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feed(run, batch);
      wanted.values().forEach(run::fetch);
      run.run();
      Map<String, float[]> values = new LinkedHashMap<>();
      wanted.keySet().forEach(name -> values.put(name, run.floats(values.size())));
      return values;
    }
  }

  /**
   * The attention weights of each layer, [N,A,T,T] each: what each token gives to each, 0 to
   * padding. Those of tokens that are padding mean nothing.
   */
  public List<float[]> attentions(Batch batch) {
    List<Operand<TFloat32>> layers = inference.encoded().attentions();
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feed(run, batch);
      layers.forEach(run::fetch);
      run.run();
      return IntStream.range(0, layers.size()).mapToObj(run::floats).toList();
    }
  }

  /** The loss' gradients by parameter name, before clipping, for comparison with a reference. */
  public Map<String, float[]> gradients(Batch batch, long seed) {
    return training.orElseThrow().gradients(batch, seed);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /**
   * Result of a training step.
   *
   * @param loss what was trained on, before the update
   * @param losses the batch's mean of each loss, by name
   * @param gradientNorm global norm of the gradients before clipping
   * @param skipped whether nothing was updated, as a gradient of the scaled loss was no number
   */
  public record Trained(
      double loss, Map<String, Double> losses, double gradientNorm, boolean skipped) {}
}
