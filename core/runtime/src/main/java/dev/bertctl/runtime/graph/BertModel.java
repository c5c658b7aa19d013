// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
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
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A task's model in TensorFlow's memory: runs batches, and holds the weights. Not thread-safe.
 * Close it to free the native memory.
 */
public final class BertModel implements AutoCloseable {

  private final BertConfig config;
  private final Vocabulary vocabulary;
  private final Graph graph;
  private final BertGraph definition;
  private final BertGraph.Inference inference;
  private final Optional<BertGraph.Training> training;
  private final Session session;
  private final Variables variables;
  private final BatchOutputs outputs;

  private BertModel(
      Graph graph,
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Mode mode,
      boolean gradientCheckpointing,
      ComputeDevice device) {
    this.config = config;
    this.vocabulary = vocabulary;
    this.graph = graph;
    this.definition = new BertGraph(task, graph, config, head, vocabulary, gradientCheckpointing);
    this.inference = definition.inference();
    this.outputs = new BatchOutputs(inference.outputs());
    this.training = mode == Mode.TRAINING ? Optional.of(definition.training()) : Optional.empty();
    this.variables = new Variables(graph);
    variables.declare(definition.parameters().all());
    training.ifPresent(added -> variables.declareMoments(added.optimizer().moments()));
    this.session = new Session(graph, device.sessionConfig());
  }

  /**
   * Builds the model; its weights are to be assigned next.
   *
   * @param task name of the task, for errors about its head
   * @param vocabulary of the model's tokenizer
   * @throws dev.bertctl.runtime.UserException if the head cannot be built or trained
   */
  public static BertModel create(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Mode mode,
      ComputeDevice device) {
    return create(task, config, head, vocabulary, mode, false, device);
  }

  /**
   * Builds the model with or without gradient checkpointing.
   *
   * @param gradientCheckpointing whether training computes what is inside a layer a second time
   *     rather than keep it
   */
  public static BertModel create(
      String task,
      BertConfig config,
      Head head,
      Vocabulary vocabulary,
      Mode mode,
      boolean gradientCheckpointing,
      ComputeDevice device) {
    TensorFlowEngine.load();
    Graph graph = new Graph();
    try {
      return new BertModel(
          graph, task, config, head, vocabulary, mode, gradientCheckpointing, device);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** The architecture. */
  public BertConfig config() {
    return config;
  }

  /** The vocabulary. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** All trained parameters: the encoder's, then the pooler's if there is one, then the head's. */
  public Collection<Parameter> parameters() {
    return definition.parameters().all();
  }

  /** The weights, and in training the optimizer's moments. */
  public VariableValues values() {
    return new VariableValues(session, variables);
  }

  /** Runs a batch without targets: each feature's outputs by name. */
  public List<Map<String, Matrix>> predict(Batch batch) {
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feed(run, batch);
      outputs.fetch(run);
      return outputs.split(run.run(), batch);
    }
  }

  /** Runs a batch with its targets, without training. */
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

  /**
   * Makes one training step.
   *
   * @param seed of this step's dropout
   */
  public Trained train(Batch batch, AdamW.Step step, long seed) {
    BertGraph.Training added = training.orElseThrow();
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feedWithTargets(run, batch);
      run.feed(added.seed(), TInt64.scalarOf(seed));
      added.optimizer().feed(run, step);
      run.fetch(added.loss()).fetch(added.optimizer().globalNorm());
      added.losses().values().forEach(run::fetch);
      added.optimizer().updates().forEach(run::target);
      run.run();
      Map<String, Double> losses = new LinkedHashMap<>();
      added.losses().keySet().forEach(name -> losses.put(name, run.number(2 + losses.size())));
      return new Trained(run.number(0), losses, run.number(1));
    }
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
      return fetch(run, wanted);
    }
  }

  /** The loss' gradients by parameter name, before clipping, for comparison with a reference. */
  public Map<String, float[]> gradients(Batch batch, long seed) {
    BertGraph.Training added = training.orElseThrow();
    Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>();
    added.gradients().forEach((parameter, gradient) -> wanted.put(parameter.name(), gradient));
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feedWithTargets(run, batch);
      run.feed(added.seed(), TInt64.scalarOf(seed));
      return fetch(run, wanted);
    }
  }

  private static Map<String, float[]> fetch(SessionRun run, Map<String, Operand<TFloat32>> wanted) {
    wanted.values().forEach(run::fetch);
    run.run();
    Map<String, float[]> values = new LinkedHashMap<>();
    wanted.keySet().forEach(name -> values.put(name, run.floats(values.size())));
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** What a model is built for. */
  public enum Mode {
    /** Evaluation and prediction. */
    INFERENCE,
    /** Training as well. */
    TRAINING
  }

  /**
   * Result of a batch with targets.
   *
   * @param outputs each feature's outputs by name
   * @param losses by name
   */
  public record Evaluated(List<Map<String, Matrix>> outputs, Map<String, LossSum> losses) {}

  /**
   * A loss summed up.
   *
   * @param sum of the weighted losses
   * @param weight sum of the weights
   * @param factor of this loss in the sum that is trained on
   */
  public record LossSum(double sum, double weight, double factor) {

    /** This and that of other batches. */
    public LossSum plus(LossSum other) {
      return new LossSum(sum + other.sum, weight + other.weight, factor);
    }

    /** The weighted mean; 0 where no target counts. */
    public double mean() {
      return weight == 0 ? 0 : sum / weight;
    }
  }

  /**
   * Result of a training step.
   *
   * @param loss what was trained on, before the update
   * @param losses the batch's mean of each loss, by name
   * @param gradientNorm global norm of the gradients before clipping
   */
  public record Trained(double loss, Map<String, Double> losses, double gradientNorm) {}
}
