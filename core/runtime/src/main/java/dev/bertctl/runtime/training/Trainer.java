// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.graph.AdamW;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchPlan;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.FeatureList;
import dev.bertctl.spi.packing.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The training loop. */
public final class Trainer {

  private final BertModel model;
  private final FeatureList features;
  private final FeatureDraws draws;
  private final TrainingSettings settings;
  private final int padId;

  /**
   * @param model the model, in training mode
   * @param features the training split as it was packed
   * @param draws gives each feature as it is to be seen in an epoch
   * @param settings how to train
   * @param padId fills padding
   */
  public Trainer(
      BertModel model,
      FeatureList features,
      FeatureDraws draws,
      TrainingSettings settings,
      int padId) {
    this.model = model;
    this.features = features;
    this.draws = draws;
    this.settings = settings;
    this.padId = padId;
  }

  /** Steps of the whole run. */
  public long totalSteps() {
    return settings.epochs() * BatchPlan.trainingBatches(features, settings.batchSize());
  }

  /**
   * Trains from a point on to the end.
   *
   * @param start where to begin: {@link TrainingState#START}, or where an interrupted run stopped
   * @param evaluator evaluates the model after an epoch
   * @param observer is told of each step and each epoch
   */
  public void train(TrainingState start, EpochEvaluator evaluator, TrainingObserver observer) {
    LearningRate schedule =
        new LearningRate(settings.schedule(), settings.learningRate(), totalSteps());
    long step = start.steps();
    for (int epoch = start.epochs(); epoch < settings.epochs(); epoch++) {
      observer.epochBegan(epoch + 1, settings.epochs(), features.size());
      BatchPlan plan = plan(epoch);
      for (int[] indices : plan.batches()) {
        Batch batch = batch(indices, epoch);
        step++;
        double rate = schedule.at(step - 1);
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
      Optional<Evaluation> evaluation = evaluator.evaluate(epoch + 1);
      observer.epochEnded(new TrainingState(epoch + 1, step), evaluation);
    }
  }

  private BatchPlan plan(int epoch) {
    return settings.groupByLength()
        ? BatchPlan.training(features, settings.batchSize(), settings.seed(), epoch)
        : BatchPlan.shuffled(features, settings.batchSize(), settings.seed(), epoch);
  }

  private Batch batch(int[] indices, int epoch) {
    int drawn = settings.redraw() ? epoch : 0;
    List<Feature> seen = Arrays.stream(indices).mapToObj(i -> draws.draw(i, drawn)).toList();
    return Batch.of(seen, padId);
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

  /** Evaluates the model as it stands. */
  @FunctionalInterface
  public interface EpochEvaluator {
    /**
     * @param epoch epochs done
     * @return empty where there is no validation split
     */
    Optional<Evaluation> evaluate(int epoch);
  }
}
