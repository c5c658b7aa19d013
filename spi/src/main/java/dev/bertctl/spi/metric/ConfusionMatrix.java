// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts how often each label was predicted for each gold label. */
final class ConfusionMatrix {

  private final Labels labels;

  /** Rows are gold labels, columns predicted ones. */
  private final long[][] counts;

  ConfusionMatrix(Labels labels) {
    this.labels = labels;
    this.counts = new long[labels.size()][labels.size()];
  }

  void add(LabelledText example, Classification prediction) {
    counts[example.label().orElseThrow()][prediction.label()]++;
  }

  double accuracy() {
    long right = IntStream.range(0, labels.size()).mapToLong(label -> counts[label][label]).sum();
    return BinaryCounts.share(right, total());
  }

  /** A label against all others. */
  BinaryCounts of(int label) {
    long hits = counts[label][label];
    long gold = Arrays.stream(counts[label]).sum();
    long predicted = Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    return new BinaryCounts(hits, predicted - hits, gold - hits, total() - gold - predicted + hits);
  }

  /** The labels, precision, recall, F1 and support of each, and the matrix. */
  Map<String, Object> details() {
    Map<String, Object> perClass = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      BinaryCounts count = of(label);
      Map<String, Object> scores = new LinkedHashMap<>();
      scores.put("precision", count.precision());
      scores.put("recall", count.recall());
      scores.put("f1", count.f1());
      scores.put("support", count.truePositives() + count.falseNegatives());
      perClass.put(labels.name(label), scores);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("labels", labels.names());
    details.put("per_class", perClass);
    details.put("confusion_matrix", rows());
    return details;
  }

  private long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  private List<List<Long>> rows() {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
