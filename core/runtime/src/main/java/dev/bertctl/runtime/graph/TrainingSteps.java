// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.graph.BertModel.Trained;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;

/** Runs the training computation. */
final class TrainingSteps {

  private final Session session;
  private final TrainingGraph graph;

  TrainingSteps(Session session, TrainingGraph graph) {
    this.session = session;
    this.graph = graph;
  }

  boolean scalesLoss() {
    return graph.scale().isPresent();
  }

  /** Makes one update by the gradients of a batch that is computed as a whole or in parts. */
  Trained train(List<Batch> parts, Optimizer.Step step, long seed) {
    return parts.size() == 1 && !scalesLoss()
        ? whole(parts.get(0), step, seed)
        : accumulated(parts, step, seed);
  }

  private Trained whole(Batch batch, Optimizer.Step step, long seed) {
    try (SessionRun run = new SessionRun(session)) {
      feed(run, batch, seed, LossScale.NONE);
      graph.optimizer().feed(run, step);
      run.fetch(graph.update().globalNorm());
      fetchLosses(run);
      graph.update().steps().forEach(run::target);
      run.run();
      return new Trained(run.number(1), means(run, 2), run.number(0), false);
    }
  }

  /**
   * Each loss is divided once, by the weights of the whole batch. They are a matter of the targets
   * alone, and cheap: the first runs compute nothing else.
   */
  private Trained accumulated(List<Batch> parts, Optimizer.Step step, long seed) {
    double[] weights = new double[graph.losses().names().size()];
    for (int part = 0; part < parts.size(); part++) {
      addWeights(weights, parts.get(part), seedOfPart(seed, part));
    }
    double loss = 0;
    Map<String, Double> losses = new LinkedHashMap<>();
    for (int part = 0; part < parts.size(); part++) {
      try (SessionRun run = new SessionRun(session)) {
        feed(run, parts.get(part), seedOfPart(seed, part), step.scale());
        graph.losses().feedWeights(run, weights);
        fetchLosses(run);
        Accumulators accumulators = graph.accumulators();
        (part == 0 ? accumulators.assign() : accumulators.add()).forEach(run::target);
        run.run();
        loss += run.number(0);
        means(run, 1).forEach((name, share) -> losses.merge(name, share, Double::sum));
      }
    }
    if (scalesLoss()) {
      double norm = accumulatedNorm(step.scale());
      if (!Double.isFinite(norm)) {
        return new Trained(loss, losses, norm, true);
      }
    }
    try (SessionRun run = new SessionRun(session)) {
      graph.optimizer().feed(run, step);
      feedScale(run, step.scale());
      run.fetch(graph.accumulated().globalNorm());
      graph.accumulated().steps().forEach(run::target);
      return new Trained(loss, losses, run.run().number(0), false);
    }
  }

  private double accumulatedNorm(LossScale scale) {
    try (SessionRun run = new SessionRun(session)) {
      feedScale(run, scale);
      return run.fetch(graph.accumulated().globalNorm()).run().number(0);
    }
  }

  private void addWeights(double[] weights, Batch part, long seed) {
    try (SessionRun run = new SessionRun(session)) {
      feed(run, part, seed, LossScale.NONE);
      graph.losses().fetchWeights(run);
      run.run();
      for (int i = 0; i < weights.length; i++) {
        weights[i] += run.number(i);
      }
    }
  }

  /**
   * A function of seed and part alone. The first part drops what the batch would as a whole; the
   * others must not, and the multiplier of SplitMix64 keeps them apart from the seeds of other
   * steps, which follow each other.
   */
  private static long seedOfPart(long seed, int part) {
    return seed + part * 0x9E3779B97F4A7C15L;
  }

  /** Computes all that a step does, and holds all gradients at once as it does, but steps not. */
  Trained rehearse(Batch batch, long seed) {
    try (SessionRun run = new SessionRun(session)) {
      feed(run, batch, seed, LossScale.NONE);
      graph.optimizer().feedMaxNorm(run, 0);
      run.fetch(graph.update().globalNorm());
      fetchLosses(run);
      run.target(graph.update().clippedNorm());
      run.run();
      return new Trained(run.number(1), means(run, 2), run.number(0), false);
    }
  }

  /** The gradients by parameter name, before clipping; of the loss as it is, unscaled. */
  Map<String, float[]> gradients(Batch batch, long seed) {
    try (SessionRun run = new SessionRun(session)) {
      feed(run, batch, seed, LossScale.NONE);
      graph.gradients().values().forEach(run::fetch);
      run.run();
      Map<String, float[]> values = new LinkedHashMap<>();
      graph
          .gradients()
          .keySet()
          .forEach(parameter -> values.put(parameter.name(), run.floats(values.size())));
      return values;
    }
  }

  private void feed(SessionRun run, Batch batch, long seed, LossScale scale) {
    graph.inputs().feedWithTargets(run, batch);
    run.feedLong(graph.seed(), seed);
    feedScale(run, scale);
  }

  private void feedScale(SessionRun run, LossScale scale) {
    graph.scale().ifPresent(factor -> run.feed(factor, scale.value()));
  }

  private void fetchLosses(SessionRun run) {
    run.fetch(graph.losses().total());
    graph.losses().fetchMeans(run);
  }

  /** The losses by name, of which the first was fetched as this index. */
  private Map<String, Double> means(SessionRun run, int first) {
    Map<String, Double> means = new LinkedHashMap<>();
    graph.losses().names().forEach(name -> means.put(name, run.number(first + means.size())));
    return means;
  }
}
