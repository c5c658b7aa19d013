// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelationTest {

  /** Both compute in double precision, but not in the same order. */
  private static final double TOLERANCE = 1e-12;

  @Test
  void workedNumbers() {
    double[] gold = {1, 2, 3};
    double[] predicted = {1, 2, 6};
    assertEquals(5 / Math.sqrt(28), Correlation.pearson(gold, predicted), TOLERANCE);
    assertEquals(1, Correlation.spearman(gold, predicted), TOLERANCE);
    assertEquals(3, Correlation.meanSquaredError(gold, predicted), TOLERANCE);
    assertArrayEquals(
        new double[] {2.5, 1, 2.5, 4}, Correlation.ranks(new double[] {5, 2, 5, 9}), TOLERANCE);
  }

  /** The file was made with scipy by src/test/python/make_correlation_golden.py. */
  @Test
  void equalsScipyTiesIncluded() throws IOException {
    for (String line : golden()) {
      String[] fields = line.split("\t");
      double[] gold = numbers(fields[0]);
      double[] predicted = numbers(fields[1]);
      assertEquals(
          Double.parseDouble(fields[2]), Correlation.pearson(gold, predicted), TOLERANCE, line);
      assertEquals(
          Double.parseDouble(fields[3]), Correlation.spearman(gold, predicted), TOLERANCE, line);
    }
  }

  @Test
  void nothingGoesTogetherWithWhatDoesNotVary() {
    assertEquals(0, Correlation.pearson(new double[] {1, 2}, new double[] {3, 3}));
    assertEquals(0, Correlation.spearman(new double[] {4, 4}, new double[] {1, 2}));
    assertEquals(0, Correlation.pearson(new double[0], new double[0]));
  }

  private static List<String> golden() throws IOException {
    try (InputStream file = CorrelationTest.class.getResourceAsStream("/golden/correlation.tsv")) {
      List<String> lines =
          new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
      assertEquals(18, lines.size());
      return lines;
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
