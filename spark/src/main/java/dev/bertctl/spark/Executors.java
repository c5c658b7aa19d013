// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManager;
import scala.jdk.javaapi.CollectionConverters;

/** The executors of an application, as its driver knows them. */
final class Executors {

  private static final Duration REPLACED_WITHIN = Duration.ofSeconds(10);

  private final SparkContext context;

  Executors(SparkContext context) {
    this.context = context;
  }

  /**
   * Waits for executors, after a loss also for new ones.
   *
   * @param wanted how many are enough
   * @param patience after which those that there are have to do
   * @return how many there are
   * @throws UserException if there is none
   */
  int await(int wanted, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    int found = count();
    while (found < wanted && System.nanoTime() < end) {
      pause();
      found = count();
    }
    if (found == 0) {
      throw new UserException(
          "Spark has no executor for %d s; see its master for the reason"
              .formatted(patience.toSeconds()));
    }
    return found;
  }

  private int count() {
    return context.isLocal() ? 1 : all().size();
  }

  private static List<Peer> all() {
    BlockManager blocks = SparkEnv.get().blockManager();
    return CollectionConverters.asJava(blocks.master().getPeers(blocks.blockManagerId())).stream()
        .map(Peer::of)
        .toList();
  }

  /** Those that have a task. */
  List<Peer> busy() {
    List<Peer> busy = new ArrayList<>();
    for (SparkExecutorInfo info : context.statusTracker().getExecutorInfos()) {
      if (info.numRunningTasks() > 0) {
        all().stream()
            .filter(peer -> peer.host().equals(info.host()) && peer.port() == info.port())
            .forEach(busy::add);
      }
    }
    return busy;
  }

  /**
   * Ends an executor, and waits until it is counted no more. One that hangs would hold its place
   * for long, as Spark waits for its heartbeats; one that is dead may be counted for a moment.
   */
  void replace(Peer lost) {
    if (all().contains(lost)) {
      context.killAndReplaceExecutor(lost.executor());
    }
    long end = System.nanoTime() + REPLACED_WITHIN.toNanos();
    while (all().contains(lost) && System.nanoTime() < end) {
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while waiting for executors", e);
    }
  }
}
