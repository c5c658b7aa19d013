// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class McNemarGoldenTest {

  /** As statsmodels and scipy have it, see golden.py; to rounding in sums of hundreds of terms. */
  @ParameterizedTest
  @CsvFileSource(resources = "mcnemar.csv", numLinesToSkip = 1)
  void pValuesAreThoseOfStatsmodels(int onlyFirst, int onlySecond, double p) {
    assertEquals(p, McNemar.exact(onlyFirst, onlySecond), 1e-9 * p);
  }
}
