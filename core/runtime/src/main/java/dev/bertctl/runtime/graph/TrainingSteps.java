// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.graph.BertModel.Trained;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** Runs the training computation. */
final class TrainingSteps {

  private final Session session;
  private final TrainingGraph graph;

  TrainingSteps(Session session, TrainingGraph graph) {
    this.session = session;
    this.graph = graph;
  }

  SharedSteps shared(Ops tf) {
    return new SharedSteps(session, tf, this, graph);
  }

  boolean scalesLoss() {
    return graph.scale().isPresent();
  }

  /** Makes one update by the gradients of a batch that is computed as a whole or in parts. */
  Trained train(List<Batch> parts, Optimizer.Step step, long seed) {
    if (parts.size() == 1 && !scalesLoss()) {
      return whole(parts.get(0), step, seed);
    }
    LossShare loss =
        accumulate(
            new BatchShare(parts, 0, lossWeights(parts, seed), step.scale(), seed), List.of());
    return update(loss, step);
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
   * The sum of each loss' weights over parts of a batch. It is a matter of the targets alone, and
   * cheap: nothing else is computed.
   */
  double[] lossWeights(List<Batch> parts, long seed) {
    double[] weights = new double[graph.losses().names().size()];
    for (Batch part : parts) {
      try (SessionRun run = new SessionRun(session)) {
        feed(run, part, seed, LossScale.NONE);
        graph.losses().fetchWeights(run);
        run.run();
        for (int i = 0; i < weights.length; i++) {
          weights[i] += run.number(i);
        }
      }
    }
    return weights;
  }

  /**
   * Sums up the gradients of parts of a batch.
   *
   * @param share at least one part
   * @param last what is run with the last part besides; see {@link Buckets}
   */
  LossShare accumulate(BatchShare share, List<Op> last) {
    LossShare loss = LossShare.NONE;
    for (int part = 0; part < share.parts().size(); part++) {
      try (SessionRun run = new SessionRun(session)) {
        feed(run, share.parts().get(part), share.seedOf(part), share.scale());
        graph.losses().feedWeights(run, share.weights());
        fetchLosses(run);
        Accumulators accumulators = graph.accumulators();
        (part == 0 ? accumulators.assign() : accumulators.add()).forEach(run::target);
        if (part == share.parts().size() - 1) {
          last.forEach(run::target);
        }
        run.run();
        loss = loss.plus(new LossShare(run.number(0), means(run, 1)));
      }
    }
    return loss;
  }

  /** Makes the update by the gradients that were summed up. */
  Trained update(LossShare loss, Optimizer.Step step) {
    if (scalesLoss()) {
      double norm = accumulatedNorm(step.scale());
      if (!Double.isFinite(norm)) {
        return new Trained(loss.loss(), loss.losses(), norm, true);
      }
    }
    try (SessionRun run = new SessionRun(session)) {
      graph.optimizer().feed(run, step);
      feedScale(run, step.scale());
      run.fetch(graph.accumulated().globalNorm());
      graph.accumulated().steps().forEach(run::target);
      return new Trained(loss.loss(), loss.losses(), run.run().number(0), false);
    }
  }

  private double accumulatedNorm(LossScale scale) {
    try (SessionRun run = new SessionRun(session)) {
      feedScale(run, scale);
      return run.fetch(graph.accumulated().globalNorm()).run().number(0);
    }
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
