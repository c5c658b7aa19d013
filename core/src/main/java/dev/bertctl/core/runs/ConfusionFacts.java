// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.spi.metric.Detail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a classifier's confusion matrix says of the accuracy to hold its own against.
 *
 * @param majority the most frequent label in the data, of equally frequent ones the first
 * @param majorityShare its share: the accuracy of who always says that label
 * @param neverPredicted labels that are in the data, and which no example was given
 * @param isConstant whether all examples were given the same label though there are several
 */
public record ConfusionFacts(
    String majority, double majorityShare, List<String> neverPredicted, boolean isConstant) {

  /** Of the details of an evaluation; empty without a confusion matrix, or without examples. */
  public static Optional<ConfusionFacts> of(List<Detail> details) {
    return details.stream()
        .filter(Detail.Confusion.class::isInstance)
        .map(Detail.Confusion.class::cast)
        .findFirst()
        .filter(matrix -> goldCounts(matrix).stream().anyMatch(count -> count > 0))
        .map(ConfusionFacts::of);
  }

  /** As metrics.json has it. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("label", majority);
    fields.put("accuracy", majorityShare);
    fields.put("never_predicted", neverPredicted);
    return fields;
  }

  private static ConfusionFacts of(Detail.Confusion matrix) {
    List<Long> gold = goldCounts(matrix);
    long all = gold.stream().mapToLong(Long::longValue).sum();
    int most = gold.indexOf(Collections.max(gold));
    List<String> never = new ArrayList<>();
    int predicted = 0;
    for (int label = 0; label < gold.size(); label++) {
      if (isPredicted(matrix, label)) {
        predicted++;
      } else if (gold.get(label) > 0) {
        never.add(matrix.labels().get(label));
      }
    }
    boolean several = gold.stream().filter(count -> count > 0).count() > 1;
    return new ConfusionFacts(
        matrix.labels().get(most),
        (double) gold.get(most) / all,
        List.copyOf(never),
        predicted == 1 && several);
  }

  private static boolean isPredicted(Detail.Confusion matrix, int label) {
    return IntStream.range(0, matrix.counts().size())
        .anyMatch(row -> matrix.counts().get(row).get(label) > 0);
  }

  private static List<Long> goldCounts(Detail.Confusion matrix) {
    return matrix.counts().stream()
        .map(row -> row.stream().mapToLong(Long::longValue).sum())
        .toList();
  }
}
