// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.graph.AdamW;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchPlan;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.util.List;
import java.util.Optional;

/**
 * The training loop.
 *
 * @param model the model, in training mode
 * @param features the training split
 * @param settings how to train
 * @param padId fills padding
 * @param <P> a prediction
 */
public record Trainer<P extends Prediction>(
    BertModel model, List<Feature> features, TrainingSettings settings, int padId) {

  /** Steps of the whole run. */
  public long totalSteps() {
    long steps = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      steps += plan(epoch).size();
    }
    return steps;
  }

  /**
   * Trains from a point on to the end.
   *
   * @param start where to begin: {@link TrainingState#START}, or where an interrupted run stopped
   * @param evaluator evaluates the model after an epoch
   * @param observer hears of each step and each epoch
   */
  public void train(
      TrainingState start, EpochEvaluator<P> evaluator, TrainingObserver<P> observer) {
    long total = totalSteps();
    LearningRate schedule = LearningRate.of(settings.learningRate(), settings.warmupRatio(), total);
    long step = start.steps();
    for (int epoch = start.epochs(); epoch < settings.epochs(); epoch++) {
      BatchPlan plan = plan(epoch);
      for (int i = 0; i < plan.size(); i++) {
        Batch batch = plan.batch(i, padId);
        step++;
        double rate = schedule.at(step);
        BertModel.Trained trained =
            model.train(
                batch,
                new AdamW.Step(step, rate, settings.weightDecay(), settings.maxGradNorm()),
                dropoutSeed(step));
        checkFinite(trained, step);
        observer.stepped(
            new StepReport(
                step, epoch + 1, settings.epochs(), batch.size(), features.size(), trained, rate));
      }
      Optional<Evaluation<P>> evaluation = evaluator.evaluate(epoch + 1);
      observer.epochEnded(new TrainingState(epoch + 1, step), evaluation);
    }
  }

  private BatchPlan plan(int epoch) {
    return BatchPlan.training(features, settings.batchSize(), settings.seed(), epoch);
  }

  /**
   * A function of seed and step alone, so that a resumed run drops what an uninterrupted one would.
   */
  private long dropoutSeed(long step) {
    return settings.seed() * 1_000_003L + step;
  }

  private void checkFinite(BertModel.Trained trained, long step) {
    if (!Double.isFinite(trained.loss()) || !Double.isFinite(trained.gradientNorm())) {
      throw new UserException(
          "training diverged at step %d: loss %s, gradient norm %s; lower train.learning-rate (now %s)"
              .formatted(step, trained.loss(), trained.gradientNorm(), settings.learningRate()));
    }
  }

  /**
   * Evaluates the model as it stands.
   *
   * @param <P> a prediction
   */
  @FunctionalInterface
  public interface EpochEvaluator<P extends Prediction> {

    /**
     * @param epoch epochs done
     * @return empty where there is no validation split
     */
    Optional<Evaluation<P>> evaluate(int epoch);
  }
}
