// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph.Initializer;
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

  private final Graph graph;
  private final BertGraph definition;
  private final BertGraph.Inference inference;
  private final Optional<BertGraph.Training> training;
  private final Session session;
  private final Variables variables;

  private BertModel(
      Graph graph, String task, BertConfig config, Head head, Mode mode, ComputeDevice device) {
    this.graph = graph;
    this.definition = new BertGraph(task, graph, config, head);
    this.inference = definition.inference();
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
   * @throws dev.bertctl.runtime.UserException if the head cannot be built or trained
   */
  public static BertModel create(
      String task, BertConfig config, Head head, Mode mode, ComputeDevice device) {
    TensorFlowEngine.load();
    Graph graph = new Graph();
    try {
      return new BertModel(graph, task, config, head, mode, device);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  /** All trained parameters: the encoder's, then the pooler's if there is one, then the head's. */
  public Collection<Parameter> parameters() {
    return definition.parameters().all();
  }

  /** How the head's own parameters begin where a checkpoint has none. */
  public Map<String, Initializer> initializers() {
    return definition.initializers();
  }

  /** The weights, and in training the optimizer's moments. */
  public VariableValues values() {
    return new VariableValues(session, variables);
  }

  /** Runs a batch without targets. */
  public List<Logits> predict(Batch batch) {
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feed(run, batch);
      return BatchLogits.split(run.fetch(inference.logits()).run(), 0, batch);
    }
  }

  /** Runs a batch with its targets, without training. */
  public Evaluated evaluate(Batch batch) {
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feedWithTargets(run, batch);
      run.fetch(inference.logits()).fetch(inference.lossSum()).fetch(inference.weightSum()).run();
      return new Evaluated(BatchLogits.split(run, 0, batch), run.number(1), run.number(2));
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
      added.optimizer().updates().forEach(run::target);
      run.run();
      return new Trained(run.number(0), run.number(1));
    }
  }

  /**
   * The encoder's last hidden states [N,T,H] and the pooler's output [N,H], for comparison with a
   * reference.
   */
  public Map<String, float[]> hidden(Batch batch) {
    Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>();
    wanted.put("sequence", inference.sequence());
    inference.pooled().ifPresent(pooled -> wanted.put("pooled", pooled));
    try (SessionRun run = new SessionRun(session)) {
      definition.inputs().feed(run, batch);
      return fetch(run, wanted);
    }
  }

  /** The loss' gradients by parameter name, before clipping, for comparison with a reference. */
  Map<String, float[]> gradients(Batch batch, long seed) {
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
   * @param logits one for each feature
   * @param lossSum sum of the weighted losses
   * @param weightSum sum of the weights
   */
  public record Evaluated(List<Logits> logits, double lossSum, double weightSum) {}

  /**
   * Result of a training step.
   *
   * @param loss mean loss of the batch, before the update
   * @param gradientNorm global norm of the gradients before clipping
   */
  public record Trained(double loss, double gradientNorm) {}
}
