// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.Accumulators.Accumulator;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * What takes a bucket out of the accumulators and puts one into them. It goes through a queue, so
 * that one run of the session can wait for what another, the backward pass, computes on its way.
 *
 * @param table the embeddings whose rows it is; empty of other numbers
 * @param shape of the table; of other numbers how many there are
 * @param afterAssign gives the bucket when the gradients of a first part were assigned
 * @param afterAdd gives the bucket when those of another part were added
 * @param asItIs gives the bucket as the accumulators stand
 * @param ofRows the same, of a table with the rows that are fed whatever they are
 * @param touched the rows of a table that are not all zeros as the accumulators stand
 * @param taken what the queue holds: the values, and of a table their rows before them
 * @param rows of a table
 * @param values what is put into the accumulators
 * @param put writes it
 */
record BucketOps(
    Optional<Parameter> table,
    List<Integer> shape,
    Op afterAssign,
    Op afterAdd,
    Op asItIs,
    Op ofRows,
    Operand<TInt32> touched,
    List<Output<?>> taken,
    Operand<TInt32> rows,
    Operand<TFloat32> values,
    List<Op> put) {

  /** 25 MiB, as PyTorch's DistributedDataParallel has them. */
  static final long BYTES = 25 << 20;

  /** Few of their rows have a gradient. */
  private static final Set<String> TABLES =
      Set.of(BertParameters.WORD_EMBEDDINGS, BertParameters.POSITION_EMBEDDINGS);

  /**
   * Divides the accumulators into buckets, in the order in which a backward pass is done with them:
   * from the head down to the embeddings.
   */
  static List<BucketOps> of(Ops tf, Accumulators accumulators) {
    List<BucketOps> buckets = new ArrayList<>();
    List<Map.Entry<Parameter, Accumulator>> open = new ArrayList<>();
    long bytes = 0;
    List<Map.Entry<Parameter, Accumulator>> all = new ArrayList<>(accumulators.all().entrySet());
    Collections.reverse(all);
    for (Map.Entry<Parameter, Accumulator> entry : all) {
      if (TABLES.contains(entry.getKey().name())) {
        buckets.add(table(tf, entry.getKey(), entry.getValue()));
        continue;
      }
      open.add(entry);
      bytes += entry.getKey().spec().size() * Float.BYTES;
      if (bytes >= BYTES) {
        buckets.add(numbers(tf, open));
        open.clear();
        bytes = 0;
      }
    }
    if (!open.isEmpty()) {
      buckets.add(numbers(tf, open));
    }
    return buckets;
  }

  private static BucketOps numbers(Ops tf, List<Map.Entry<Parameter, Accumulator>> entries) {
    List<Accumulator> accumulators = entries.stream().map(Map.Entry::getValue).toList();
    int[] sizes =
        entries.stream().mapToInt(entry -> Math.toIntExact(entry.getKey().spec().size())).toArray();
    Queue queue = new Queue(tf, List.of(TFloat32.class));
    Operand<TFloat32> values =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(IntStream.of(sizes).sum())));
    List<Output<TFloat32>> parts =
        tf.splitV(values, tf.constant(sizes), tf.constant(0), (long) sizes.length).output();
    List<Op> put = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Operand<TFloat32> shaped =
          tf.reshape(parts.get(i), tf.constant(entries.get(i).getKey().spec().dimensions()));
      put.add(tf.assignVariableOp(accumulators.get(i).handle(), shaped));
    }
    Op asItIs = queue.take(joined(tf, accumulators, List.of()));
    return new BucketOps(
        Optional.empty(),
        List.of(IntStream.of(sizes).sum()),
        queue.take(
            joined(tf, accumulators, accumulators.stream().map(Accumulator::assign).toList())),
        queue.take(joined(tf, accumulators, accumulators.stream().map(Accumulator::add).toList())),
        asItIs,
        asItIs,
        tf.constant(0),
        queue.taken(),
        tf.constant(0),
        values,
        put);
  }

  private static List<Operand<?>> joined(Ops tf, List<Accumulator> accumulators, List<Op> after) {
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (int i = 0; i < accumulators.size(); i++) {
      // Each by itself: a gradient need not wait for those of the layers below.
      Ops ordered = after.isEmpty() ? tf : tf.withControlDependencies(List.of(after.get(i)));
      flat.add(
          tf.reshape(
              ordered.readVariableOp(accumulators.get(i).handle(), TFloat32.class),
              tf.constant(new int[] {-1})));
    }
    return List.of(flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(0)));
  }

  private static BucketOps table(Ops tf, Parameter parameter, Accumulator accumulator) {
    Queue queue = new Queue(tf, List.of(TInt32.class, TFloat32.class));
    long width = parameter.shape().get(1);
    Operand<TInt32> rows =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TFloat32> values =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, width)));
    Touched asItIs = Touched.of(tf, accumulator, List.of());
    return new BucketOps(
        Optional.of(parameter),
        parameter.shape(),
        queue.take(Touched.of(tf, accumulator, List.of(accumulator.assign())).both()),
        queue.take(Touched.of(tf, accumulator, List.of(accumulator.add())).both()),
        queue.take(asItIs.both()),
        queue.take(List.of(rows, tf.gather(accumulator.sum(), rows, tf.constant(0)))),
        asItIs.rows(),
        queue.taken(),
        rows,
        values,
        // Rows that no process has are zeros here, too.
        List.of(tf.resourceScatterUpdate(accumulator.handle(), rows, values)));
  }

  /** The rows that are not all zeros, and their values. */
  private record Touched(Operand<TInt32> rows, Operand<TFloat32> values) {

    static Touched of(Ops tf, Accumulator accumulator, List<Op> after) {
      Ops ordered = after.isEmpty() ? tf : tf.withControlDependencies(after);
      Operand<TFloat32> values = ordered.readVariableOp(accumulator.handle(), TFloat32.class);
      Operand<TInt32> rows =
          tf.dtypes.cast(
              tf.reshape(
                  tf.where(
                      tf.reduceAny(
                          tf.math.notEqual(values, tf.constant(0f)), tf.constant(new int[] {1}))),
                  tf.constant(new int[] {-1})),
              TInt32.class);
      return new Touched(rows, tf.gather(values, rows, tf.constant(0)));
    }

    List<Operand<?>> both() {
      return List.of(rows, values);
    }
  }

  /** Asks for the bucket; the run waits until it is there. */
  void fetch(SessionRun run) {
    taken.forEach(run::fetch);
  }

  /** What {@link #fetch} asked for. */
  Bucket fetched(SessionRun run) {
    return table.isPresent()
        ? Bucket.ofRows(shape.get(0), shape.get(1), run.integers(0), run.bytes(1))
        : Bucket.of(run.bytes(0));
  }

  /** Has a bucket written, which is given in slices. */
  void put(SessionRun run, List<Bucket> slices) {
    List<ByteBuffer> numbers = slices.stream().map(Bucket::values).toList();
    if (table.isPresent()) {
      int[] which =
          slices.stream().flatMapToInt(one -> IntStream.of(one.rows().orElseThrow())).toArray();
      run.feedIntegers(rows, which);
      run.feed(values, numbers, which.length, shape.get(1));
    } else {
      run.feed(values, numbers, shape.get(0));
    }
    put.forEach(run::target);
  }

  /** Of the session's own, with room for one bucket and what ends the waiting for another. */
  private static final class Queue {

    private final Ops tf;
    private final Operand<? extends TType> handle;
    private final List<Class<? extends TType>> types;

    Queue(Ops tf, List<Class<? extends TType>> types) {
      this.tf = tf;
      this.types = types;
      this.handle = tf.io.fifoQueue(types);
    }

    Op take(List<Operand<?>> values) {
      return tf.io.queueEnqueue(handle, values);
    }

    List<Output<?>> taken() {
      return tf.io.queueDequeue(handle, types).components();
    }
  }
}
