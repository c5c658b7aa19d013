// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Feature;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What every task plugin promises. A plugin's test extends this and supplies the plugin and a few
 * rows of data.
 *
 * @param <O> the plugin's options
 */
public abstract class TaskPluginContract<O> {

  /** The plugin, as {@link ServiceLoader} would make it. */
  protected abstract TaskPlugin<O> plugin();

  /**
   * At least three examples with gold labels, not all of the same label, none left out. A task that
   * is not trained needs no gold labels.
   */
  protected abstract DataFile labelled();

  /** The same examples without their gold labels. */
  protected abstract DataFile unlabelled();

  /** Options that have no default; empty if all have one. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** A maximum length so small that examples must be cut or split. */
  protected int tinyLength() {
    return 8;
  }

  /**
   * The outputs of the task's own head, for a model that scores the targets so. A task whose head
   * has outputs of another form than a stock head, or several targets or outputs, overrides this;
   * the others need not.
   *
   * @param feature what the model sees
   * @param scores what a stock head would give for each target, by its name, such as [T,L] for a
   *     tagger; see {@link Samples#outputs}
   * @return what the task's head would give, by the names of its outputs
   */
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    return stock().outputs(feature, scores);
  }

  /**
   * The means of the head's losses, by their names. A task whose metric takes them, and whose
   * head's losses have other names than {@code loss}, overrides this.
   *
   * @param right whether the model knows the gold labels, or knows and avoids them
   */
  protected Map<String, Double> losses(boolean right) {
    return stock().losses(right);
  }

  /**
   * The primary value of perfect predictions: 1, or 0 for a metric of which less is better.
   *
   * @param metric the task's metric
   */
  protected double bestScore(Metric<?, ?> metric) {
    return metric.higherIsBetter() ? 1 : 0;
  }

  @Test
  void nameAndSummaryAreFitForLists() {
    check(Promise.NAME_AND_SUMMARY_ARE_FIT_FOR_LISTS);
  }

  @Test
  void servicesFileListsThePlugin() {
    check(Promise.SERVICES_FILE_LISTS_THE_PLUGIN);
  }

  @Test
  void optionsAreDescribed() {
    check(Promise.OPTIONS_ARE_DESCRIBED);
  }

  @Test
  void optionsBindToTheirDefaults() {
    check(Promise.OPTIONS_BIND_TO_THEIR_DEFAULTS);
  }

  @Test
  void sequencesFitTheMaximum() {
    check(Promise.SEQUENCES_FIT_THE_MAXIMUM);
  }

  @Test
  void targetsLieInRange() {
    check(Promise.TARGETS_LIE_IN_RANGE);
  }

  @Test
  void drawsDependOnTheGeneratorAlone() {
    check(Promise.DRAWS_DEPEND_ON_THE_GENERATOR_ALONE);
  }

  @Test
  void offsetsMapBackToTheSourceText() {
    check(Promise.OFFSETS_MAP_BACK_TO_THE_SOURCE_TEXT);
  }

  @Test
  void perfectLogitsScoreTheBestValue() {
    check(Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE);
  }

  @Test
  void wrongLogitsScoreLess() {
    check(Promise.WRONG_LOGITS_SCORE_LESS);
  }

  @Test
  void predictionsReadBackScoreTheSame() {
    check(Promise.PREDICTIONS_READ_BACK_SCORE_THE_SAME);
  }

  @Test
  void labelsMayBeMissingForPrediction() {
    check(Promise.LABELS_MAY_BE_MISSING_FOR_PREDICTION);
  }

  @Test
  void whatIsCutIsCounted() {
    check(Promise.WHAT_IS_CUT_IS_COUNTED);
  }

  @Test
  void tunedOptionsBindAndDoNoHarm() {
    check(Promise.TUNED_OPTIONS_BIND_AND_DO_NO_HARM);
  }

  @Test
  void filesHaveNamesOfTheirOwn() {
    check(Promise.FILES_HAVE_NAMES_OF_THEIR_OWN);
  }

  @Test
  void viewsShowEveryExample() {
    check(Promise.VIEWS_SHOW_EVERY_EXAMPLE);
  }

  @Test
  void predictionsHaveTheDeclaredFields() {
    check(Promise.PREDICTIONS_HAVE_THE_DECLARED_FIELDS);
  }

  private void check(Promise promise) {
    new Contract<>(plugin(), new OwnSamples()).check(promise);
  }

  /** What holds unless overridden. */
  private Samples stock() {
    return this::labelled;
  }

  private final class OwnSamples implements Samples {

    @Override
    public DataFile labelled() {
      return TaskPluginContract.this.labelled();
    }

    @Override
    public Optional<DataFile> unlabelled() {
      return Optional.of(TaskPluginContract.this.unlabelled());
    }

    @Override
    public Map<String, String> options() {
      return TaskPluginContract.this.options();
    }

    @Override
    public int tinyLength() {
      return TaskPluginContract.this.tinyLength();
    }

    @Override
    public double bestScore(Metric<?, ?> metric) {
      return TaskPluginContract.this.bestScore(metric);
    }

    @Override
    public Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
      return TaskPluginContract.this.outputs(feature, scores);
    }

    @Override
    public Map<String, Double> losses(boolean right) {
      return TaskPluginContract.this.losses(right);
    }
  }
}
