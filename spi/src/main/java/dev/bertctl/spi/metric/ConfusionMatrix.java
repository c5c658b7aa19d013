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

  /** Precision, recall, F1 and support of each label, and the matrix. */
  List<Detail> details() {
    Map<String, BinaryCounts> perClass = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      perClass.put(labels.name(label), of(label));
    }
    return List.of(Detail.Table.perClass(perClass), new Detail.Confusion(labels.names(), rows()));
  }

  private long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  private List<List<Long>> rows() {
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
