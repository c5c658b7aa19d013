// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Applies a function to many items on all cores, keeping their order. */
final class AllCores {

  /** Enough items to make up for handing them to another thread. */
  private static final int CHUNK = 128;

  private AllCores() {}

  /**
   * The results, in the items' order. If items fail, the first of them in that order decides.
   *
   * @throws InterruptedException if this thread is interrupted; the work has ended by then
   */
  static <A, B> List<B> map(List<A> items, Function<A, B> function) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<List<B>>> parts = new ArrayList<>();
      for (int from = 0; from < items.size(); from += CHUNK) {
        List<A> part = items.subList(from, Math.min(items.size(), from + CHUNK));
        parts.add(threads.submit(chunk(part, function)));
      }
      List<B> results = new ArrayList<>(items.size());
      for (Future<List<B>> part : parts) {
        results.addAll(part.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      stop(threads);
    }
  }

  private static <A, B> Callable<List<B>> chunk(List<A> items, Function<A, B> function) {
    return () -> {
      List<B> results = new ArrayList<>(items.size());
      for (A item : items) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        results.add(function.apply(item));
      }
      return results;
    };
  }

  /** What failed in another thread. */
  static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException failure) {
      return failure;
    }
    if (e.getCause() instanceof Error failure) {
      throw failure;
    }
    return new IllegalStateException(e.getCause());
  }

  /** Waits for running work: it may use native memory that the caller frees next. */
  static void stop(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
