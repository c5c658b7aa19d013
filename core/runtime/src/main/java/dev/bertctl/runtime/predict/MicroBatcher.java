// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Puts the inputs of many threads together into batches. There is no artificial delay: an input
 * that finds the model idle is computed at once, and what comes meanwhile makes the next batch,
 * first come, first served, up to the predictor's {@link Predictor#maxBatchTokens}.
 *
 * <pre>{@code
 * try (MicroBatcher<Classification> batcher = new MicroBatcher<>(predictor, 512, BatchListener.NONE)) {
 *   CompletableFuture<Answer<Classification>> answer = batcher.submit(predictor.prepare(row));
 * }
 * }</pre>
 *
 * <p>An input whose future is cancelled or timed out ({@link CompletableFuture#orTimeout}) before
 * its turn is not computed. Where a batch fails its inputs are computed one by one, so that only
 * the one that is to blame fails.
 *
 * @param <P> the task's predictions
 */
public final class MicroBatcher<P extends Prediction> implements AutoCloseable {

  /** How long the worker waits for an input before it looks whether it is to end. */
  private static final long LOOK_AROUND_MILLIS = 50;

  /** Longer than anybody waits, and short enough to be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Predictor<P> predictor;
  private final int limit;
  private final BatchListener listener;
  private final Semaphore free;
  private final LinkedBlockingQueue<Waiting<P>> queue = new LinkedBlockingQueue<>();
  private final Thread worker;
  private Optional<Waiting<P>> next = Optional.empty();
  private volatile boolean closing;

  /**
   * Begins to wait for inputs.
   *
   * @param predictor computes; it stays open when this is closed
   * @param limit the most inputs that may wait or be computed at once
   * @param listener is told of each batch
   */
  public MicroBatcher(Predictor<P> predictor, int limit, BatchListener listener) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is %d; give at least 1".formatted(limit));
    }
    this.predictor = predictor;
    this.limit = limit;
    this.listener = listener;
    this.free = new Semaphore(limit);
    this.worker = new Thread(this::work, "bertctl-batches");
    worker.setDaemon(true);
    worker.start();
  }

  /**
   * Adds an input to the queue.
   *
   * @return its answer; cancel it, or let it time out, to give it up
   * @throws QueueFullException if there are as many inputs as may be
   * @throws IllegalStateException if this is closed
   */
  public CompletableFuture<Answer<P>> submit(Prepared input) {
    return submit(List.of(input)).get(0);
  }

  /**
   * Adds inputs to the queue, all of them or none.
   *
   * @return their answers, in their order
   * @throws QueueFullException if there is not room for all of them
   * @throws IllegalStateException if this is closed
   */
  public List<CompletableFuture<Answer<P>>> submit(List<Prepared> inputs) {
    if (!free.tryAcquire(inputs.size())) {
      throw new QueueFullException(inputs.size(), limit);
    }
    List<Waiting<P>> added = inputs.stream().map(input -> new Waiting<P>(input)).toList();
    synchronized (queue) {
      if (closing) {
        free.release(inputs.size());
        throw new IllegalStateException("the batcher is closed");
      }
      queue.addAll(added);
    }
    for (Waiting<P> waiting : added) {
      waiting.answer.whenComplete(
          (answer, failure) -> {
            if (!waiting.taken) {
              queue.remove(waiting);
            }
            free.release();
          });
    }
    return added.stream().map(waiting -> waiting.answer).toList();
  }

  /** Inputs that wait for a batch. */
  public int waiting() {
    return queue.size();
  }

  /** Inputs that wait or are being computed. */
  public int pending() {
    return limit - free.availablePermits();
  }

  private void work() {
    while (!closing || next.isPresent() || !queue.isEmpty()) {
      List<Waiting<P>> batch = batch();
      if (!batch.isEmpty()) {
        compute(batch);
      }
    }
  }

  /**
   * Waits a while for an input, and takes those behind it that are there and fit into its batch;
   * nothing if none came.
   */
  private List<Waiting<P>> batch() {
    List<Waiting<P>> batch = new ArrayList<>();
    long sequences = 0;
    long longest = 0;
    for (Waiting<P> waiting = first(); waiting != null; waiting = queue.poll()) {
      waiting.taken = true;
      if (waiting.answer.isDone()) {
        continue;
      }
      longest = Math.max(longest, waiting.input.longest());
      sequences += waiting.input.sequences();
      if (!batch.isEmpty() && longest * sequences > predictor.maxBatchTokens()) {
        next = Optional.of(waiting);
        break;
      }
      batch.add(waiting);
    }
    return batch;
  }

  private Waiting<P> first() {
    Optional<Waiting<P>> left = next;
    next = Optional.empty();
    try {
      return left.isPresent() ? left.get() : queue.poll(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // The thread is this class's own, which interrupts it never; a plugin's code may.
      return null;
    }
  }

  private void compute(List<Waiting<P>> batch) {
    long begun = System.nanoTime();
    List<P> predictions = new ArrayList<>(batch.size());
    List<ModelOutput> outputs = new ArrayList<>(batch.size());
    try {
      predictor.compute(
          batch.stream().map(waiting -> waiting.input).toList(),
          (prediction, output) -> {
            predictions.add(prediction);
            outputs.add(output);
          });
    } catch (RuntimeException | Error e) {
      failed(batch, e);
      return;
    }
    Duration computed = Duration.ofNanos(System.nanoTime() - begun);
    for (int i = 0; i < batch.size(); i++) {
      Waiting<P> waiting = batch.get(i);
      Duration queued = Duration.ofNanos(begun - waiting.since);
      waiting.answer.complete(new Answer<>(predictions.get(i), outputs.get(i), queued, computed));
    }
    tell(batch, computed);
  }

  /** The others are not to blame. */
  private void failed(List<Waiting<P>> batch, Throwable failure) {
    if (batch.size() == 1) {
      batch.get(0).answer.completeExceptionally(failure);
      return;
    }
    for (Waiting<P> waiting : batch) {
      if (!waiting.answer.isDone()) {
        compute(List.of(waiting));
      }
    }
  }

  /** A listener that fails does not end the batches. */
  private void tell(List<Waiting<P>> batch, Duration computed) {
    try {
      listener.computed(
          batch.size(), batch.stream().mapToLong(w -> w.input.tokens()).sum(), computed);
    } catch (RuntimeException e) {
      worker.getUncaughtExceptionHandler().uncaughtException(worker, e);
    }
  }

  /**
   * Takes no more inputs, computes those that wait, and ends.
   *
   * <p>If this thread is interrupted while it waits for that, what is not computed then fails.
   */
  @Override
  public void close() {
    close(LONGEST);
  }

  /**
   * Takes no more inputs, and computes those that wait for a while; what is not computed then
   * fails.
   *
   * @param most the longest to wait for that; a batch that is being computed then goes on
   */
  public void close(Duration most) {
    synchronized (queue) {
      closing = true;
    }
    boolean interrupted = false;
    try {
      TimeUnit.NANOSECONDS.timedJoin(worker, most.toNanos());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    List<Waiting<P>> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(
        waiting ->
            waiting.answer.completeExceptionally(
                new IllegalStateException("the batcher was closed before its turn")));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** An input that waits. */
  private static final class Waiting<P extends Prediction> {

    private final Prepared input;
    private final long since = System.nanoTime();
    private final CompletableFuture<Answer<P>> answer = new CompletableFuture<>();

    /** Whether it is in the queue no more. */
    private volatile boolean taken;

    Waiting(Prepared input) {
      this.input = input;
    }
  }
}
