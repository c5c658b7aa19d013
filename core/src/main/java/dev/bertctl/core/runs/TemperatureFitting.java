// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.evaluation.CalibrationMethod;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.evaluation.LabelledLogits;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Calibrates a trained classifier, if the run is configured so, and saves that with the model. */
final class TemperatureFitting {

  private static final String KEY = "calibrate";

  private final TaskConfig<?> config;
  private final RunListener listener;
  private final Interruption interruption;

  TemperatureFitting(TaskConfig<?> config, RunListener listener, Interruption interruption) {
    this.config = config;
    this.listener = listener;
    this.interruption = interruption;
  }

  /** Whether the run is to be calibrated. */
  boolean isWanted() {
    return config.settings().calibrate() == CalibrationMethod.TEMPERATURE;
  }

  /**
   * Makes sure, before anything is trained, that what is configured can be done.
   *
   * @throws ConfigException if the task is no classifier, or there is no validation data
   */
  void requirePossible(Task<?, ?> task) {
    if (isWanted() && !LabelledLogits.areOf(task.head())) {
      throw config.wrong(
          KEY,
          "task '%s' is no classifier of labels or choices, whose probabilities are calibrated; leave it out"
              .formatted(config.plugin().name()));
    }
    if (isWanted() && !SplitName.VALIDATION.isConfigured(config.settings().data())) {
      throw config.wrong(
          KEY,
          "a temperature is fitted on validation data; name some as data.validation, or data.split");
    }
  }

  /**
   * Fits the temperature and saves it.
   *
   * @param evaluator of the saved weights, without a temperature
   * @param examples how many there are in the validation data
   * @param model the saved model's folder
   * @return what was fitted; empty if no temperature is the best, which the listener is told
   * @throws Interruption.Requested if the user wants the run to end
   */
  <X extends Example, P extends Prediction> Optional<Temperature.Fit> fit(
      Evaluator<X, P> evaluator, Split<X> validation, long examples, long seed, Path model) {
    Optional<Temperature.Fit> fit =
        listener.during(
            "calibrating",
            examples,
            progress -> {
              try (SplitReading<X> reading = validation.open()) {
                return evaluator.fitTemperature(reading, seed, interruption.heeding(progress));
              } catch (InterruptedException e) {
                throw new InterruptedRunException(e);
              }
            });
    fit.ifPresent(found -> SavedTask.calibrate(model, found.temperature()));
    listener.notice(
        fit.map(TemperatureFitting::found)
            .orElse(
                "not calibrated: no temperature from 1/20 to 20 has the least loss, as where all"
                    + " predictions for the validation data are right, or no better than chance"));
    return fit;
  }

  private static String found(Temperature.Fit fit) {
    return String.format(
        Locale.ROOT,
        "calibrated with temperature %.4f: loss %.4f to %.4f, expected calibration error %.4f to %.4f",
        fit.temperature().value(),
        fit.lossBefore(),
        fit.lossAfter(),
        fit.errorBefore(),
        fit.errorAfter());
  }
}
