// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Processes that are threads, of which one may be lost now and then. */
public final class ThreadProcesses implements Processes {

  private final PredictorOptions options;
  private final Set<Integer> losses;
  private final List<Integer> counts;
  private final List<TrainingProcess> open = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Together together;
  private int begun;
  private int orders;

  /**
   * @param counts how many processes there are the first time, the second, ...
   * @param losses which orders a process is lost at, counted from 1
   */
  public ThreadProcesses(PredictorOptions options, List<Integer> counts, Set<Integer> losses) {
    this.options = options;
    this.counts = counts;
    this.losses = losses;
  }

  /** How often they began. */
  public int begun() {
    return begun;
  }

  @Override
  public List<ProcessFacts> begin(Path folder) {
    closeAll();
    int count = counts.get(Math.min(begun++, counts.size() - 1));
    together = new Together(count);
    for (int i = 0; i < count; i++) {
      open.add(TrainingProcess.open(folder, options));
    }
    return IntStream.range(0, count)
        .mapToObj(i -> new ProcessFacts("thread " + i, open.get(i).checksum()))
        .toList();
  }

  @Override
  public List<byte[]> carryOut(List<byte[]> given) {
    if (losses.contains(++orders)) {
      throw new LostProcessException("thread 0 was lost");
    }
    List<Future<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      int rank = i;
      answers.add(
          threads.submit(() -> open.get(rank).carryOut(given.get(rank), together.transport(rank))));
    }
    try {
      List<byte[]> all = new ArrayList<>();
      for (Future<byte[]> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void collect(Path file) {
    SafetensorsFile.write(file, open.get(open.size() - 1).variables());
  }

  @Override
  public void close() {
    closeAll();
    threads.shutdownNow();
  }

  private void closeAll() {
    open.forEach(TrainingProcess::close);
    open.clear();
  }
}
