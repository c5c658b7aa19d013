// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.evaluation;

import dev.bertctl.core.graph.BertModel;
import dev.bertctl.core.packing.Batch;
import dev.bertctl.core.packing.BatchPlan;
import dev.bertctl.core.packing.PackedSplit;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.FeatureLogits;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a model over a split: batches by length, decodes in the data's order, scores.
 *
 * @param task the task
 * @param model its model
 * @param batchSize most sequences of a batch
 * @param padId fills padding
 * @param <X> an example
 * @param <P> a prediction
 */
public record Evaluator<X extends Example, P extends Prediction>(
    Task<X, P> task, BertModel model, int batchSize, int padId) {

  /** Predicts, and compares with the gold labels, which every example must have. */
  public Evaluation<P> evaluate(PackedSplit<X> split, Progress progress) {
    Logits[] logits = new Logits[split.features().size()];
    BatchPlan plan = BatchPlan.evaluation(split.features(), batchSize);
    double lossSum = 0;
    double weightSum = 0;
    int done = 0;
    for (int i = 0; i < plan.size(); i++) {
      Batch batch = plan.batch(i, padId);
      BertModel.Evaluated evaluated = model.evaluate(batch);
      lossSum += evaluated.lossSum();
      weightSum += evaluated.weightSum();
      keep(logits, batch, evaluated.logits());
      done += batch.size();
      progress.update(done, logits.length);
    }
    List<P> predictions = decode(split, logits);
    return new Evaluation<>(
        weightSum == 0 ? 0 : lossSum / weightSum,
        score(task.metric(), split.examples(), predictions),
        predictions);
  }

  /** Predicts; gold labels are not needed. */
  public List<P> predict(PackedSplit<X> split, Progress progress) {
    Logits[] logits = new Logits[split.features().size()];
    BatchPlan plan = BatchPlan.evaluation(split.features(), batchSize);
    int done = 0;
    for (int i = 0; i < plan.size(); i++) {
      Batch batch = plan.batch(i, padId);
      keep(logits, batch, model.predict(batch));
      done += batch.size();
      progress.update(done, logits.length);
    }
    return decode(split, logits);
  }

  /** Compares predictions with the examples they are for. */
  public static <X extends Example, P extends Prediction> Scores score(
      Metric<X, P> metric, List<X> examples, List<P> predictions) {
    Metric.Scorer<X, P> scorer = metric.scorer();
    for (int i = 0; i < examples.size(); i++) {
      scorer.add(examples.get(i), predictions.get(i));
    }
    return scorer.scores();
  }

  private static void keep(Logits[] all, Batch batch, List<Logits> logits) {
    for (int i = 0; i < logits.size(); i++) {
      all[batch.indices()[i]] = logits.get(i);
    }
  }

  private List<P> decode(PackedSplit<X> split, Logits[] logits) {
    List<P> predictions = new ArrayList<>(split.examples().size());
    int next = 0;
    for (int example = 0; example < split.examples().size(); example++) {
      List<FeatureLogits> outputs = new ArrayList<>();
      while (next < logits.length && split.owners()[next] == example) {
        outputs.add(new FeatureLogits(split.features().get(next), logits[next]));
        next++;
      }
      predictions.add(task.decoder().decode(split.examples().get(example), outputs));
    }
    return predictions;
  }
}
