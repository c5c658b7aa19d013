// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchPlan;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.FeatureList;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The batches of a run, epoch by epoch: a function of data, settings and seed alone. */
public final class TrainingBatches {

  private final FeatureList features;
  private final FeatureDraws draws;
  private final TrainingSettings settings;
  private final int padId;

  /**
   * @param features the training split as it was packed
   * @param draws gives each feature as it is to be seen in an epoch
   * @param settings how to train
   * @param padId fills padding
   */
  public TrainingBatches(
      FeatureList features, FeatureDraws draws, TrainingSettings settings, int padId) {
    this.features = features;
    this.draws = draws;
    this.settings = settings;
    this.padId = padId;
  }

  /** Features of an epoch. */
  int features() {
    return features.size();
  }

  /** Batches of the whole run. */
  long total() {
    if (settings.batchSize().unit() == BatchSize.Unit.SEQUENCES) {
      return (long) settings.epochs() * plan(0).size();
    }
    long total = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      total += plan(epoch).size();
    }
    return total;
  }

  /**
   * The batches of an epoch.
   *
   * @param epoch from 0
   * @return for each batch the indices of its features
   */
  List<int[]> plan(int epoch) {
    return (settings.groupByLength()
            ? BatchPlan.training(features, settings.batchSize(), settings.seed(), epoch)
            : BatchPlan.shuffled(features, settings.batchSize(), settings.seed(), epoch))
        .batches();
  }

  /** Whether batches are computed in parts because the settings say so. */
  public boolean areDivided() {
    return settings.microBatchSize() < Integer.MAX_VALUE;
  }

  /**
   * The largest part of the batch with most tokens.
   *
   * @param parts in how many parts at least it is computed
   */
  public Batch largest(int parts) {
    return parts(largest(), 0, parts).get(0);
  }

  /** The batch with most tokens, padding included, that any epoch can have. */
  int[] largest() {
    return BatchPlan.longestFirst(features, settings.batchSize()).batches().stream()
        .max(Comparator.comparingLong(this::tokens))
        .orElseThrow();
  }

  private long tokens(int[] batch) {
    long longest = Arrays.stream(batch).map(features::length).max().orElse(0);
    return longest * features.sequences(batch[0]) * batch.length;
  }

  /**
   * The parts in which a batch is computed.
   *
   * @param batch indices of its features
   * @param epoch in which they are seen, from 0
   * @param atLeast how many parts at least, if it has as many features
   */
  List<Batch> parts(int[] batch, int epoch, int atLeast) {
    int largest = Math.max(1, settings.microBatchSize() / features.sequences(batch[0]));
    int parts = Math.max(atLeast, (batch.length + largest - 1) / largest);
    int size = (batch.length + parts - 1) / parts;
    List<Batch> divided = new ArrayList<>();
    for (int from = 0; from < batch.length; from += size) {
      divided.add(
          seen(Arrays.copyOfRange(batch, from, Math.min(batch.length, from + size)), epoch));
    }
    return divided;
  }

  private Batch seen(int[] indices, int epoch) {
    int drawn = settings.redraw() ? epoch : 0;
    List<Feature> seen = Arrays.stream(indices).mapToObj(i -> draws.draw(i, drawn)).toList();
    return Batch.of(seen, padId);
  }
}
