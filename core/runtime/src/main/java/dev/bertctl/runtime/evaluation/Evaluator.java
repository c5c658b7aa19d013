// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchPlan;
import dev.bertctl.runtime.packing.PackedSplit;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.FeatureLogits;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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

  /**
   * Predicts, and compares with the gold labels, which every example must have.
   *
   * @throws UserException naming the example for which the model gives no finite logits
   */
  public Evaluation<P> evaluate(PackedSplit<X> split, Progress progress) {
    return evaluation(task, split, answers(split, true, progress), Map.of());
  }

  /**
   * As {@link #evaluate}; where the task has a tuner, with the options that it chooses on this
   * split.
   *
   * @param variant makes the task with these options
   */
  public Evaluation<P> tune(
      PackedSplit<X> split, Function<Map<String, Object>, Task<X, P>> variant, Progress progress) {
    Answers answers = answers(split, true, progress);
    if (task.tuner().isEmpty()) {
      return evaluation(task, split, answers, Map.of());
    }
    Map<String, Object> tuned =
        task.tuner().get().tune(split.examples(), decode(task, split, answers.logits()));
    return evaluation(variant.apply(tuned), split, answers, tuned);
  }

  /**
   * Predicts; gold labels are not needed.
   *
   * @throws UserException naming the example for which the model gives no finite logits
   */
  public List<P> predict(PackedSplit<X> split, Progress progress) {
    return decode(task, split, answers(split, false, progress).logits());
  }

  private Answers answers(PackedSplit<X> split, boolean labelled, Progress progress) {
    Logits[] logits = new Logits[split.features().size()];
    BatchPlan plan = BatchPlan.evaluation(split.features(), batchSize);
    double lossSum = 0;
    double weightSum = 0;
    int done = 0;
    for (int i = 0; i < plan.size(); i++) {
      Batch batch = plan.batch(i, padId);
      if (labelled) {
        BertModel.Evaluated evaluated = model.evaluate(batch);
        lossSum += evaluated.lossSum();
        weightSum += evaluated.weightSum();
        keep(split, logits, batch, evaluated.logits());
      } else {
        keep(split, logits, batch, model.predict(batch));
      }
      done += batch.size();
      progress.update(done, logits.length);
    }
    return new Answers(logits, weightSum == 0 ? 0 : lossSum / weightSum);
  }

  private static <X extends Example, P extends Prediction> Evaluation<P> evaluation(
      Task<X, P> task, PackedSplit<X> split, Answers answers, Map<String, Object> tuned) {
    List<P> predictions = decode(task, split, answers.logits());
    return new Evaluation<>(
        answers.loss(), score(task.metric(), split.examples(), predictions), predictions, tuned);
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

  private static void keep(PackedSplit<?> split, Logits[] all, Batch batch, List<Logits> logits) {
    for (int i = 0; i < logits.size(); i++) {
      int feature = batch.indices()[i];
      requireFinite(logits.get(i), split.examples().get(split.owners()[feature]));
      all[feature] = logits.get(i);
    }
  }

  /** Of logits that are NaN no label is the highest; decoding them would make one up. */
  private static void requireFinite(Logits logits, Example example) {
    for (float value : logits.values()) {
      if (!Float.isFinite(value)) {
        throw new UserException(
            "%s: the model's logits for this example are not finite (%s): its weights are broken; fine-tune again with a lower train.learning-rate, or use another model"
                .formatted(example.location(), value));
      }
    }
  }

  private static <X extends Example, P extends Prediction> List<P> decode(
      Task<X, P> task, PackedSplit<X> split, Logits[] logits) {
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

  /**
   * What the model answered.
   *
   * @param logits one for each feature
   * @param loss mean loss; 0 where no feature has a target
   */
  private record Answers(Logits[] logits, double loss) {}
}
