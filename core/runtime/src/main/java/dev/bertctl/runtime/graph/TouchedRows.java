// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TInt32;

/**
 * Which rows of embeddings had a gradient since all processes had the same weights. The others have
 * only decayed, weights and what the optimizer remembers, and so in all processes alike.
 */
final class TouchedRows {

  private final Session session;
  private final List<BucketOps> tables;
  private final List<BitSet> rows;

  TouchedRows(Session session, List<BucketOps> buckets) {
    this.session = session;
    this.tables = buckets.stream().filter(one -> one.table().isPresent()).toList();
    this.rows = Stream.generate(BitSet::new).limit(tables.size()).toList();
  }

  /** What {@link #feed} feeds. */
  Map<Parameter, Operand<TInt32>> fed() {
    Map<Parameter, Operand<TInt32>> fed = new LinkedHashMap<>();
    tables.forEach(table -> fed.put(table.table().orElseThrow(), table.rows()));
    return fed;
  }

  /** Adds the rows whose accumulators are not all zeros. */
  void add() {
    if (tables.isEmpty()) {
      return;
    }
    try (SessionRun run = new SessionRun(session)) {
      tables.forEach(table -> run.fetch(table.touched()));
      run.run();
      for (int i = 0; i < tables.size(); i++) {
        for (int row : run.integers(i)) {
          rows.get(i).set(row);
        }
      }
    }
  }

  void addAll() {
    for (int i = 0; i < tables.size(); i++) {
      rows.get(i).set(0, height(i));
    }
  }

  private int height(int table) {
    return tables.get(table).shape().get(0);
  }

  /**
   * Adds those of all processes.
   *
   * @param exchange sums up over all of them
   */
  void unite(Consumer<BucketStream> exchange) {
    exchange.accept(new Counts());
  }

  void feed(SessionRun run) {
    for (int i = 0; i < tables.size(); i++) {
      run.feedIntegers(tables.get(i).rows(), rows.get(i).stream().toArray());
    }
  }

  void clear() {
    rows.forEach(BitSet::clear);
  }

  /** A bucket a table: in how many processes a row was touched. */
  private final class Counts implements BucketStream {

    private int given;

    @Override
    public int size() {
      return tables.size();
    }

    @Override
    public Bucket next() {
      float[] counts = new float[height(given)];
      rows.get(given++).stream().forEach(row -> counts[row] = 1);
      return Bucket.of(Bucket.bytes(FloatBuffer.wrap(counts)));
    }

    @Override
    public void put(int index, List<Bucket> sum) {
      int row = 0;
      for (Bucket slice : sum) {
        for (FloatBuffer counts = slice.numbers(); counts.hasRemaining(); row++) {
          if (counts.get() > 0) {
            rows.get(index).set(row);
          }
        }
      }
    }
  }
}
