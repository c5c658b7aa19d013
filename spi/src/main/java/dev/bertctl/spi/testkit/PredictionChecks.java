// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static dev.bertctl.spi.testkit.BrokenPromise.unless;
import static dev.bertctl.spi.testkit.Contract.AMPLE;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.testkit.TaskTrial.Packed;
import java.util.List;
import java.util.Map;

/** What a plugin makes of logits, by itself and by its metric. */
final class PredictionChecks {

  /** Room for the rounding of a mean. */
  private static final double ROUNDING = 1e-9;

  private PredictionChecks() {}

  static void perfectLogits(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    if (!isTrainedAndJudged(task)) {
      return;
    }
    TaskTrial<?, ?> trial = contract.judged(task);
    double score = primary(trial, trial.scores(contract.right()));
    double best = best(contract, trial);
    unless(
        isBest(score, best),
        "a model that knows the gold labels gets %s %s, and not the best value %s; let packing,"
            + " decoder and metric agree on what is right, or name the metric's best value with"
            + " bestScore",
        trial.metric().primary(),
        score,
        best);
  }

  /** Whether a model of the task can be right or wrong; nothing is promised of one that cannot. */
  private static boolean isTrainedAndJudged(Task<?, ?> task) {
    return task.scoring().isPresent() && !task.head().targets().isEmpty();
  }

  static void wrongLogits(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    if (!isTrainedAndJudged(task)) {
      return;
    }
    TaskTrial<?, ?> trial = contract.judged(task);
    double score = primary(trial, trial.scores(contract.wrong()));
    double best = best(contract, trial);
    boolean higherIsBetter = trial.metric().higherIsBetter();
    unless(
        higherIsBetter ? score < best : score > best,
        "a model that avoids the gold labels gets %s %s, no worse than the best value %s; let the"
            + " decoder look at the logits and the metric at the predictions, and say with"
            + " higherIsBetter which way is up",
        trial.metric().primary(),
        score,
        best);
  }

  static void readBack(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    if (!isTrainedAndJudged(task)) {
      return;
    }
    TaskTrial<?, ?> trial = contract.judged(task);
    for (ToyModel model : List.of(contract.right(), contract.wrong())) {
      Map<String, Double> made = trial.scoresWithoutLosses(model).values();
      Map<String, Double> read = trial.scoresOfFile(model).values();
      unless(
          made.equals(read),
          "predictions score %s, and %s when they are written and read back; let the prediction"
              + " reader read what Prediction.fields writes",
          made,
          read);
    }
  }

  static void unlabelled(Contract<?> contract) {
    TaskTrial<?, ?> trial = contract.unlabelled();
    TaskTrial<?, ?> labelled = contract.labelled(AMPLE);
    int counted = labelled.examples().size();
    int read = trial.examples().size();
    unless(
        read >= counted && read <= counted + labelled.leftOut(),
        "%d samples with gold labels%s give %d examples when read for prediction; let every row"
            + " give one",
        counted,
        labelled.leftOut() == 0 ? "" : ", and %d left out,".formatted(labelled.leftOut()),
        read);
    for (Packed packed : trial.packed()) {
      unless(
          !packed.features().isEmpty(),
          "%s: packing gives nothing for prediction; every example needs a feature there",
          packed.place());
    }
    if (contract.samples().unlabelled().isPresent()) {
      trial.packed().forEach(PredictionChecks::noTarget);
    }
    for (Prediction prediction : trial.predictions(contract.clueless())) {
      unless(
          !Step.of("Prediction.fields", prediction::fields).isEmpty(),
          "a prediction has no fields; name what is to be written to the predictions file");
    }
  }

  private static void noTarget(Packed packed) {
    unless(
        packed.features().stream().allMatch(feature -> feature.targets().isEmpty()),
        "%s: packing gives a target for an example without gold label; give Target.NONE",
        packed.place());
  }

  static void tuner(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    if (!isTrainedAndJudged(task)) {
      return;
    }
    Map<String, Object> tuned = contract.judged(task).tuned(contract.right());
    TaskTrial<?, ?> trial = contract.judged(contract.task(tuned));
    double score = primary(trial, trial.scores(contract.right()));
    unless(
        isBest(score, best(contract, trial)),
        "with the options %s, which the tuner chose, a model that knows the gold labels gets %s %s;"
            + " choose the options by the predictions that they give",
        tuned,
        trial.metric().primary(),
        score);
  }

  static void files(Contract<?> contract) {
    Task<?, ?> task = contract.task();
    List<String> names = task.files().stream().map(OutputFile::name).toList();
    unless(
        names.stream().distinct().count() == names.size(),
        "two files have the same name: %s; rename one",
        names);
  }

  private static double best(Contract<?> contract, TaskTrial<?, ?> trial) {
    return contract.samples().bestScore(trial.metric());
  }

  private static boolean isBest(double score, double best) {
    return Math.abs(score - best) <= ROUNDING;
  }

  private static double primary(TaskTrial<?, ?> trial, Scores scores) {
    String primary = Step.of("primary", trial.metric()::primary);
    unless(
        scores.values().containsKey(primary),
        "the metric's primary value '%s' is none of those it gives: %s; name one of these",
        primary,
        scores.values().keySet());
    return scores.values().get(primary);
  }
}
