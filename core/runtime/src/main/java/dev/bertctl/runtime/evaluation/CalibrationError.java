// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

/**
 * The expected calibration error (Naeini et al. 2015; Guo et al. 2017, section 2): how far the
 * probabilities of predicted labels are from how often these are right. Predictions are put into 15
 * bins of equal width by their probability; the error is the mean of |accuracy - mean probability|
 * of the bins, each weighted by its share of the predictions.
 *
 * <p>Of two predictions with probability 0.75, of which one is right, it is 0.25.
 */
final class CalibrationError {

  static final String NAME = "expected_calibration_error";

  private static final int BINS = 15;

  private final long[] right = new long[BINS];
  private final double[] confidences = new double[BINS];
  private long all;

  void add(LabelledLogits answer) {
    double confidence = answer.confidence();
    // A bin has its upper end, and not its lower one.
    int bin = Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
    right[Math.min(bin, BINS - 1)] += answer.predicted() == answer.target() ? 1 : 0;
    confidences[Math.min(bin, BINS - 1)] += confidence;
    all++;
  }

  boolean isEmpty() {
    return all == 0;
  }

  double value() {
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(right[bin] - confidences[bin]);
    }
    return error / all;
  }
}
