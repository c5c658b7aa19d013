// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import java.util.Locale;

/** How a classifier's probabilities are calibrated after training. */
public enum CalibrationMethod {
  /** Not at all. */
  NONE,
  /** By one {@link Temperature}, fitted on the validation data. */
  TEMPERATURE;

  /** The name as it is written in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
