// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.HeadOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * What a classifier's logits are divided by before they are decoded, so that its probabilities are
 * as often right as they say (temperature scaling, Guo et al. 2017, section 4.2). The label with
 * the highest logit stays the same.
 *
 * <p>Logits (0, ln 9) give the probabilities (0.1, 0.9), and with the temperature 2 (0.25, 0.75).
 *
 * @param value above 0; 1 changes nothing
 */
public record Temperature(double value) {

  /** Changes nothing. */
  public static final Temperature NONE = new Temperature(1);

  /** No classifier of use is further from calibrated than this factor. */
  private static final double FARTHEST = 20;

  private static final double ACCURACY = 1e-10;

  /** Evaluations of the slope; the solver needs about a dozen. */
  private static final int MOST_STEPS = 200;

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public Temperature {
    if (!(value > 0)) {
      throw new IllegalArgumentException("temperature " + value + " is not above 0");
    }
  }

  /**
   * A temperature that was fitted.
   *
   * @param temperature the temperature
   * @param lossBefore mean of -log of the right label's probability without it
   * @param lossAfter with it, the least there is
   * @param errorBefore expected calibration error without it
   * @param errorAfter with it
   */
  public record Fit(
      Temperature temperature,
      double lossBefore,
      double lossAfter,
      double errorBefore,
      double errorAfter) {}

  /**
   * The temperature with the least loss on some answers. The loss is convex in 1/temperature, so
   * that the least is where its slope is 0.
   *
   * @return empty if there is none between 1/20 and 20: where every answer is right the loss falls
   *     as long as the temperature does, and where they are no better than chance as long as it
   *     rises
   */
  public static Optional<Fit> fit(List<LabelledLogits> answers) {
    double least = 1 / FARTHEST;
    if (answers.isEmpty() || slope(answers, least) >= 0 || slope(answers, FARTHEST) <= 0) {
      return Optional.empty();
    }
    double factor =
        new BrentSolver(ACCURACY)
            .solve(MOST_STEPS, tried -> slope(answers, tried), least, FARTHEST, 1);
    Temperature temperature = new Temperature(1 / factor);
    return Optional.of(
        new Fit(
            temperature,
            mean(answers, answer -> answer.loss(1)),
            mean(answers, answer -> answer.loss(factor)),
            error(answers, NONE),
            error(answers, temperature)));
  }

  private static double slope(List<LabelledLogits> answers, double factor) {
    return mean(answers, answer -> answer.slope(factor));
  }

  private static double mean(List<LabelledLogits> answers, ToDoubleFunction<LabelledLogits> of) {
    return answers.stream().mapToDouble(of).average().orElseThrow();
  }

  private static double error(List<LabelledLogits> answers, Temperature temperature) {
    CalibrationError error = new CalibrationError();
    answers.forEach(
        answer ->
            error.add(new LabelledLogits(temperature.divide(answer.logits()), answer.target())));
    return error.value();
  }

  /** Outputs of a head with the logits divided; others stay as they are. */
  Map<String, Matrix> applyTo(Map<String, Matrix> outputs) {
    if (equals(NONE)) {
      return outputs;
    }
    Map<String, Matrix> calibrated = new LinkedHashMap<>(outputs);
    calibrated.computeIfPresent(
        HeadOutput.LOGITS,
        (name, logits) -> new Matrix(divide(logits.values()), logits.rows(), logits.columns()));
    return calibrated;
  }

  private float[] divide(float[] logits) {
    float[] divided = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      divided[i] = (float) (logits[i] / value);
    }
    return divided;
  }
}
