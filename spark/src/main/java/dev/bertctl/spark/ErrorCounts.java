// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Rows without a prediction, counted on the driver: of each partition once, however often it was
 * computed. A stage that has too many is cancelled.
 */
final class ErrorCounts
    extends AccumulatorV2<ErrorCounts.OfPartition, Map<ErrorCounts.Partition, Long>> {

  private static final long serialVersionUID = 1L;

  private final HashMap<Partition, Long> counts = new HashMap<>();
  private final long limit;
  private final transient SparkContext context;

  /** A partition of a stage. */
  record Partition(int stage, int partition) implements Serializable {}

  /** Rows without a prediction of a partition, so far. */
  record OfPartition(Partition partition, long rows) implements Serializable {}

  private ErrorCounts(long limit, SparkContext context) {
    this.limit = limit;
    this.context = context;
  }

  /**
   * A count that Spark knows of.
   *
   * @param limit how many there may be
   */
  static ErrorCounts in(SparkContext context, long limit) {
    ErrorCounts counts = new ErrorCounts(limit, context);
    context.register(counts, "bertctl rows without a prediction");
    return counts;
  }

  /** Whether a number of rows is more than there may be. */
  boolean areTooMany(long rows) {
    return rows > limit;
  }

  /** The message for too many. */
  String tooMany() {
    return "more than %,d rows cannot be predicted for; correct the input, or raise the limit (maxErrors)"
        .formatted(limit);
  }

  /** How many a stage has so far. */
  synchronized long of(int stage) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().stage() == stage)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many the stage with the most has. */
  synchronized long highest() {
    return counts.keySet().stream().mapToLong(key -> of(key.stage())).max().orElse(0);
  }

  @Override
  public synchronized boolean isZero() {
    return counts.isEmpty();
  }

  @Override
  public synchronized AccumulatorV2<OfPartition, Map<Partition, Long>> copy() {
    ErrorCounts copy = new ErrorCounts(limit, null);
    copy.counts.putAll(counts);
    return copy;
  }

  @Override
  public synchronized void reset() {
    counts.clear();
  }

  @Override
  public synchronized void add(OfPartition part) {
    counts.merge(part.partition(), part.rows(), Math::max);
  }

  @Override
  public void merge(AccumulatorV2<OfPartition, Map<Partition, Long>> other) {
    Map<Partition, Long> added = other.value();
    synchronized (this) {
      added.forEach((partition, rows) -> counts.merge(partition, rows, Math::max));
    }
    if (context != null) {
      added.keySet().stream()
          .mapToInt(Partition::stage)
          .distinct()
          .filter(stage -> areTooMany(of(stage)))
          .forEach(stage -> context.cancelStage(stage, tooMany()));
    }
  }

  @Override
  public synchronized Map<Partition, Long> value() {
    return Map.copyOf(counts);
  }
}
