// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.Accumulators.Accumulator;
import dev.bertctl.runtime.graph.BertModel.Trained;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Training steps that several processes make together, each with a model of its own: each computes
 * the gradients of its {@linkplain BatchShare share} of a batch, all exchange them while they
 * compute, and each makes the same update. How they exchange is not known here.
 */
public final class SharedSteps {

  private static final long EXCHANGE_ENDS_MILLIS = 10_000;

  private final Session session;
  private final TrainingSteps steps;
  private final List<Op> clear;
  private final List<BucketOps> buckets;
  private final TouchedRows touched;
  private final List<Averaged> averaged;
  private final Operand<TFloat32> share;

  SharedSteps(Session session, Ops tf, TrainingSteps steps, TrainingGraph graph) {
    this.session = session;
    this.steps = steps;
    Map<Parameter, Accumulator> accumulators = graph.accumulators().all();
    this.clear =
        accumulators.entrySet().stream()
            .<Op>map(
                entry ->
                    tf.assignVariableOp(
                        entry.getValue().handle(),
                        tf.zeros(tf.constant(entry.getKey().spec().dimensions()), TFloat32.class)))
            .toList();
    this.buckets = BucketOps.of(tf, graph.accumulators());
    this.share = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    this.touched = new TouchedRows(session, buckets);
    this.averaged = Averaged.all(tf, accumulators, touched.fed(), graph.optimizer().slots(), share);
  }

  /**
   * Makes this process' part of a step, up to the update.
   *
   * @param batch its share, which may have no part
   * @param exchange sums the buckets up over all processes, in a thread of its own while this one
   *     computes; it is done when all are {@linkplain BucketStream#put put}
   * @return its losses, and how long it took
   */
  public Gradients gradients(BatchShare batch, Consumer<BucketStream> exchange) {
    long begin = System.nanoTime();
    Computed computed =
        exchanging(
            exchange,
            () ->
                new Computed(batch.parts().isEmpty() ? nothing() : summedUp(batch), since(begin)));
    return new Gradients(computed.loss(), computed.time(), since(begin));
  }

  private LossShare summedUp(BatchShare batch) {
    return steps.accumulate(
        batch,
        buckets.stream()
            .map(batch.parts().size() == 1 ? BucketOps::afterAssign : BucketOps::afterAdd)
            .toList());
  }

  private LossShare nothing() {
    run(clear);
    giveBuckets();
    return LossShare.NONE;
  }

  private void giveBuckets() {
    run(buckets.stream().map(BucketOps::asItIs).toList());
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Makes the update by the gradients that were exchanged. */
  public Trained update(LossShare loss, Optimizer.Step step) {
    return steps.update(loss, step);
  }

  /** Makes a step by this process' share alone. */
  public Trained alone(BatchShare batch, Optimizer.Step step) {
    LossShare loss = steps.accumulate(batch, List.of());
    touched.add();
    return steps.update(loss, step);
  }

  /** Leaves out a step that other processes make. */
  public void leaveOut() {
    // Where the others' weights decay, these do not.
    touched.addAll();
  }

  /**
   * Gives all processes the mean of their trained weights, and of what their optimizers remember;
   * of embeddings only of those rows that are not the same in all.
   *
   * @param processes how many there are
   * @param exchange sums the buckets up over all processes
   */
  public void average(int processes, Consumer<BucketStream> exchange) {
    touched.unite(exchange);
    for (Averaged one : averaged) {
      try (SessionRun run = new SessionRun(session)) {
        run.feed(share, 1.0 / processes);
        one.load().forEach(run::target);
        run.run();
      }
      exchanging(
          exchange,
          () -> {
            runWithRows(buckets.stream().map(BucketOps::ofRows).toList());
            return one;
          });
      runWithRows(one.store());
    }
    touched.clear();
  }

  /**
   * Computes, while what is computed is exchanged in another thread; returns when both are done.
   */
  private <T> T exchanging(Consumer<BucketStream> exchange, Supplier<T> computation) {
    Stream stream = new Stream();
    FutureTask<Void> exchanged = new FutureTask<>(() -> exchange.accept(stream), null);
    Thread thread = new Thread(exchanged, "bertctl-exchange");
    thread.setDaemon(true);
    thread.start();
    T computed;
    try {
      computed = computation.get();
    } catch (RuntimeException e) {
      stream.cancel();
      ended(thread);
      throw e;
    }
    try {
      exchanged.get();
      return computed;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      ended(thread);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while gradients were exchanged");
    }
  }

  /** Whoever closes the session next must not find it in use. */
  private static void ended(Thread exchange) {
    exchange.interrupt();
    try {
      exchange.join(EXCHANGE_ENDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runWithRows(List<Op> ops) {
    try (SessionRun run = new SessionRun(session)) {
      touched.feed(run);
      ops.forEach(run::target);
      run.run();
    }
  }

  private void run(List<Op> ops) {
    if (!ops.isEmpty()) {
      try (SessionRun run = new SessionRun(session)) {
        ops.forEach(run::target);
        run.run();
      }
    }
  }

  /**
   * What a process has computed.
   *
   * @param loss of its share
   * @param computed time that its own computation took
   * @param exchanged time until all was exchanged
   */
  public record Gradients(LossShare loss, Duration computed, Duration exchanged) {}

  private record Computed(LossShare loss, Duration time) {}

  private final class Stream implements BucketStream {

    private int given;
    private volatile boolean cancelled;

    @Override
    public int size() {
      return buckets.size();
    }

    @Override
    public Bucket next() {
      BucketOps ops = buckets.get(given++);
      try (SessionRun run = new SessionRun(session)) {
        ops.fetch(run);
        run.run();
        if (cancelled) {
          throw new CancellationException("the gradients could not be computed");
        }
        return ops.fetched(run);
      }
    }

    @Override
    public void put(int index, List<Bucket> sum) {
      try (SessionRun run = new SessionRun(session)) {
        buckets.get(index).put(run, sum);
        run.run();
      }
    }

    /** Ends the waiting for buckets that do not come. */
    void cancel() {
      cancelled = true;
      nothing();
    }
  }
}
