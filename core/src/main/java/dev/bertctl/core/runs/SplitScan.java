// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.evaluation.Chunks;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.packing.TargetCheck;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and packs a split from its beginning to its end, some examples at a time, so that whatever
 * is wrong in it is found before the model runs.
 *
 * @param <X> an example
 */
final class SplitScan<X extends Example> {

  private final Task<X, ?> task;
  private final SequencePacker packer;
  private final long seed;
  private final long[] labels;
  private int examples;
  private TruncationSummary truncation = TruncationSummary.EMPTY;

  SplitScan(Task<X, ?> task, SequencePacker packer, long seed) {
    this.task = task;
    this.packer = packer;
    this.seed = seed;
    this.labels = new long[task.head().labels().size()];
  }

  /** Takes features as they were packed. */
  @FunctionalInterface
  interface FeatureSink {
    /**
     * @param example the place of its example in the split, from 0
     */
    void add(int example, Feature feature);
  }

  /**
   * Scans the split.
   *
   * @param sink takes the features
   */
  SplitSummary of(Split<X> split, FeatureSink sink) throws InterruptedException {
    ExamplePacker<X> examplePacker = new ExamplePacker<>(task.packing(), packer);
    try (SplitReading<X> reading = split.open()) {
      for (Chunks<X> chunks = Chunks.even(reading); chunks.hasNext(); ) {
        take(examplePacker.pack(chunks.next()), split.purpose().labelled(), sink);
      }
      return new SplitSummary(
          split.name(),
          split.file(),
          reading.counts(),
          truncation.features(),
          shares(),
          truncation);
    }
  }

  private void take(PackedExamples<X> packed, boolean labelled, FeatureSink sink) {
    int first = examples;
    for (List<Feature> own : packed.perExample()) {
      truncation = truncation.plus(own);
      own.forEach(feature -> sink.add(examples, feature));
      examples++;
    }
    if (labelled) {
      FeatureDraws draws = new FeatureDraws(task.packing(), packer, packed, first, seed);
      for (int i = 0; i < packed.size(); i++) {
        Feature drawn = draws.draw(i, 0);
        TargetCheck.require(packed.examples().get(packed.example(i)), drawn, task.head().targets());
        count(drawn);
      }
    }
  }

  private void count(Feature feature) {
    for (TargetSpec spec : task.head().targets()) {
      if (isLabel(spec) && feature.target(spec.name()) instanceof Target.Ints ints) {
        for (int value : ints.values()) {
          if (value >= 0) {
            labels[value]++;
          }
        }
      }
    }
  }

  /** Whether its values are the head's labels; a head may have other targets beside. */
  private boolean isLabel(TargetSpec spec) {
    return spec.size() == labels.length
        && (spec.form() == TargetSpec.Form.LABEL || spec.form() == TargetSpec.Form.LABEL_PER_TOKEN);
  }

  private Map<String, Double> shares() {
    long total = Arrays.stream(labels).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int label = 0; total > 0 && label < labels.length; label++) {
      shares.put(task.head().labels().get(label), (double) labels[label] / total);
    }
    return shares;
  }
}
