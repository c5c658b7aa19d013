// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.inspect.LabelCounter;
import dev.bertctl.core.inspect.Lengths;
import dev.bertctl.runtime.evaluation.Chunks;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.packing.TargetCheck;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.packing.Feature;
import java.util.List;

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
  private final LabelCounter labels;
  private final Lengths lengths = new Lengths();
  private int examples;
  private TruncationSummary truncation = TruncationSummary.EMPTY;

  SplitScan(Task<X, ?> task, SequencePacker packer, long seed) {
    this.task = task;
    this.packer = packer;
    this.seed = seed;
    this.labels = new LabelCounter(task.head());
  }

  /** Takes features as they were packed. */
  @FunctionalInterface
  interface FeatureSink {
    /**
     * @param example the place of its example in the split, from 0
     */
    void add(int example, Feature feature);
  }

  /** Takes what the scan meets. */
  interface Sink<X> {

    /** Takes an example with its features as they were packed. */
    void packed(X example, List<Feature> features);

    /**
     * Takes a feature as the model is to see it, with its targets; none where there are no labels.
     */
    void drawn(Feature feature);
  }

  /** Scans the split, and takes its features as they were packed. */
  SplitSummary of(Split<X> split, FeatureSink sink) throws InterruptedException {
    return of(
        split,
        new Sink<>() {
          @Override
          public void packed(X example, List<Feature> features) {
            features.forEach(feature -> sink.add(examples, feature));
          }

          @Override
          public void drawn(Feature feature) {}
        });
  }

  /** Scans the split. */
  SplitSummary of(Split<X> split, Sink<X> sink) throws InterruptedException {
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
          labels.balance(),
          truncation,
          lengths);
    }
  }

  private void take(PackedExamples<X> packed, boolean labelled, Sink<X> sink) {
    int first = examples;
    for (int i = 0; i < packed.examples().size(); i++) {
      List<Feature> own = packed.perExample().get(i);
      truncation = truncation.plus(own);
      own.forEach(lengths::add);
      sink.packed(packed.examples().get(i), own);
      examples++;
    }
    if (labelled) {
      FeatureDraws draws = new FeatureDraws(task.packing(), packer, packed, first, seed);
      for (int i = 0; i < packed.size(); i++) {
        Feature drawn = draws.draw(i, 0);
        TargetCheck.require(packed.examples().get(packed.example(i)), drawn, task.head().targets());
        labels.add(drawn);
        sink.drawn(drawn);
      }
    }
  }
}
