// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.spi.decode.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.apache.spark.sql.Row;

/**
 * Rows with their predictions, in their order. Some are taken at a time, enough for batches of
 * equal lengths; one that fails is computed apart from the others.
 */
final class PredictedRows implements Iterator<Row> {

  /** Rows that are read and tokenised together. */
  private static final int GROUP = 64;

  private static final int MOST_ROWS = 1_024;

  /** Full batches' worth of tokens. */
  private static final int BATCHES = 2;

  private final Iterator<Row> input;
  private final Predictor<Prediction> predictor;
  private final PredictPartition partition;
  private final PredictionColumns columns;
  private final int[] kept;
  private final LongConsumer counted;
  private final Runnable stopIfKilled;
  private final Deque<Row> ready = new ArrayDeque<>();
  private long errors;

  /** A row on its way: with what the model is to see of it, or why it has no prediction. */
  private record Taken(Row row, Prepared prepared, String error) {}

  /**
   * @param counted is told of each row without a prediction, how many there are so far
   * @param stopIfKilled throws if the task is to end
   */
  PredictedRows(
      Iterator<Row> input,
      Predictor<Prediction> predictor,
      PredictPartition partition,
      LongConsumer counted,
      Runnable stopIfKilled) {
    this.input = input;
    this.predictor = predictor;
    this.partition = partition;
    this.columns = new PredictionColumns(predictor.task(), partition.layout().labelPrefix());
    this.kept = partition.layout().kept(partition.schema(), columns.columns());
    this.counted = counted;
    this.stopIfKilled = stopIfKilled;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && input.hasNext()) {
      stopIfKilled.run();
      predict(taken());
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private List<Taken> taken() {
    List<Taken> taken = new ArrayList<>();
    long tokens = 0;
    long enough = (long) BATCHES * predictor.maxBatchTokens();
    while (taken.size() < MOST_ROWS && tokens < enough && input.hasNext()) {
      List<Row> group = new ArrayList<>(GROUP);
      while (group.size() < GROUP && input.hasNext()) {
        group.add(input.next());
      }
      for (Taken one : prepared(group)) {
        taken.add(one);
        tokens += one.prepared() == null ? 0 : one.prepared().tokens();
      }
    }
    return taken;
  }

  /** All at once; only where that fails one by one, to find which it is. */
  private List<Taken> prepared(List<Row> group) {
    List<Map<String, Object>> values = group.stream().map(partition.input()::row).toList();
    List<Taken> taken = new ArrayList<>(group.size());
    try {
      List<Prepared> prepared = predictor.prepare(values);
      for (int i = 0; i < group.size(); i++) {
        taken.add(new Taken(group.get(i), prepared.get(i), null));
      }
    } catch (RuntimeException ofOne) {
      for (int i = 0; i < group.size(); i++) {
        taken.add(preparedAlone(group.get(i), values.get(i)));
      }
    }
    return taken;
  }

  private Taken preparedAlone(Row row, Map<String, Object> values) {
    try {
      return new Taken(row, predictor.prepare(values), null);
    } catch (RuntimeException e) {
      return new Taken(row, null, failed(e));
    }
  }

  private void predict(List<Taken> taken) {
    List<Prepared> prepared =
        taken.stream().filter(one -> one.error() == null).map(Taken::prepared).toList();
    List<Row> rows = taken.stream().filter(one -> one.error() == null).map(Taken::row).toList();
    Iterator<Row> predicted = computed(rows, prepared).iterator();
    for (Taken one : taken) {
      ready.add(one.error() == null ? predicted.next() : without(one.row(), one.error()));
    }
  }

  private List<Row> computed(List<Row> rows, List<Prepared> prepared) {
    List<Row> computed = new ArrayList<>(rows.size());
    if (rows.isEmpty()) {
      return computed;
    }
    try {
      predictor.compute(
          prepared,
          (prediction, output) ->
              computed.add(
                  partition
                      .layout()
                      .row(rows.get(computed.size()), kept, columns.values(prediction))));
      return computed;
    } catch (RuntimeException e) {
      if (rows.size() <= 1) {
        return List.of(without(rows.get(0), failed(e)));
      }
    }
    List<Row> apart = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      apart.addAll(computed(rows.subList(i, i + 1), prepared.subList(i, i + 1)));
    }
    return apart;
  }

  private Row without(Row row, String error) {
    return partition.layout().failed(row, kept, columns.columns().size(), error);
  }

  /** Why a row has no prediction; what is no row's fault ends the task. */
  private String failed(RuntimeException failure) {
    stopIfKilled.run();
    String reason = partition.layout().reason(failure);
    errors++;
    counted.accept(errors);
    if (partition.errors().areTooMany(errors)) {
      throw new UserException(partition.errors().tooMany() + ". The last: " + reason, failure);
    }
    return reason;
  }
}
