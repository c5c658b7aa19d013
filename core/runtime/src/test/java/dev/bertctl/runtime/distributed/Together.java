// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Threads in the place of processes. */
final class Together {

  private final Map<String, BlockingQueue<ByteBuffer>> messages = new ConcurrentHashMap<>();
  private final int processes;

  Together(int processes) {
    this.processes = processes;
  }

  /** What each gives. */
  static <T> List<T> run(int processes, Function<Transport, T> process) throws Exception {
    Together together = new Together(processes);
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int rank = 0; rank < processes; rank++) {
        Transport transport = together.transport(rank);
        futures.add(threads.submit(() -> process.apply(transport)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(2, TimeUnit.MINUTES));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  Transport transport(int rank) {
    return new Transport() {
      @Override
      public int processes() {
        return processes;
      }

      @Override
      public int rank() {
        return rank;
      }

      @Override
      public void send(int to, String name, ByteBuffer bytes) {
        queue(rank, to, name).add(bytes);
      }

      @Override
      public ByteBuffer receive(int from, String name) {
        try {
          return queue(from, rank, name).take();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private BlockingQueue<ByteBuffer> queue(int from, int to, String name) {
    return messages.computeIfAbsent(
        from + ">" + to + ":" + name, one -> new LinkedBlockingQueue<>());
  }
}
