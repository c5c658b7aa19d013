// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load.peer;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;

/**
 * Batches by the rules of text-embeddings-inference: a permit for each input, had at once or not at
 * all; first in, first out; a batch is filled while the longest times the number of its inputs is
 * within the budget; nothing waits for more to come; one batch is made ready while another is
 * computed; inputs whose clients are gone are dropped.
 */
final class BatchQueue implements AutoCloseable {

  private final OnnxClassifier model;
  private final int budget;
  private final Semaphore permits;
  private final BlockingQueue<Input> waiting = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<Input>> ready = new SynchronousQueue<>();
  private final Thread batcher = new Thread(this::batch, "batcher");
  private final Thread computer = new Thread(this::compute, "computer");

  /**
   * @param concurrent most inputs that wait or are computed
   * @param budget most tokens of a batch, padding included
   */
  BatchQueue(OnnxClassifier model, int concurrent, int budget) {
    this.model = model;
    this.budget = budget;
    this.permits = new Semaphore(concurrent);
    batcher.start();
    computer.start();
  }

  /** Takes an input; empty if there is no permit. */
  Optional<Input> submit(long[] ids) {
    if (!permits.tryAcquire()) {
      return Optional.empty();
    }
    Input input = new Input(ids);
    input.scores().whenComplete((scores, failure) -> permits.release());
    waiting.add(input);
    return Optional.of(input);
  }

  private void batch() {
    try {
      Input first = waiting.take();
      while (true) {
        List<Input> batch = new ArrayList<>();
        int longest = 0;
        Input next = first;
        while (next != null) {
          if (!next.scores().isDone()) {
            int length = Math.max(longest, next.ids().length);
            if (!batch.isEmpty() && length * (batch.size() + 1) > budget) {
              break;
            }
            longest = length;
            batch.add(next);
          }
          next = waiting.poll();
        }
        if (!batch.isEmpty()) {
          ready.put(batch);
        }
        first = next == null ? waiting.take() : next;
      }
    } catch (InterruptedException e) {
      // It ends.
    }
  }

  private void compute() {
    try {
      while (true) {
        List<Input> batch = ready.take();
        try {
          float[][] scores = model.scores(batch);
          for (int i = 0; i < scores.length; i++) {
            batch.get(i).scores().complete(scores[i]);
          }
        } catch (OrtException | RuntimeException e) {
          batch.forEach(input -> input.scores().completeExceptionally(e));
        }
      }
    } catch (InterruptedException e) {
      // It ends.
    }
  }

  @Override
  public void close() {
    batcher.interrupt();
    computer.interrupt();
    try {
      batcher.join();
      computer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
