// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** The executors of an application, as its driver knows them. */
final class Executors {

  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(3);

  /** A worker of Spark waits for 10 s until it kills an executor that does not end itself. */
  private static final Duration REPLACED_WITHIN = Duration.ofSeconds(30);

  private final SparkContext context;

  Executors(SparkContext context) {
    this.context = context;
  }

  /**
   * Waits for executors, after a loss also for new ones.
   *
   * @param wanted how many are enough
   * @param patience after which those that there are have to do
   * @return how many of those wanted there are
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
    // There may be one more than wanted: the one that was lost, beside its replacement.
    return Math.min(found, wanted);
  }

  private int count() {
    return context.isLocal() ? 1 : all().size();
  }

  private List<BlockManagerId> all() {
    if (context.isStopped()) {
      throw new UserException("Spark has ended the application; its messages say why");
    }
    BlockManager blocks = SparkEnv.get().blockManager();
    return CollectionConverters.asJava(blocks.master().getPeers(blocks.blockManagerId()));
  }

  private boolean isCounted(Peer peer) {
    return all().stream().map(Peer::of).anyMatch(peer::equals);
  }

  /** Those that have a task. */
  List<Peer> busy() {
    List<Peer> busy = new ArrayList<>();
    for (SparkExecutorInfo info : context.statusTracker().getExecutorInfos()) {
      if (info.numRunningTasks() > 0) {
        all().stream()
            .filter(one -> one.host().equals(info.host()) && one.port() == info.port())
            .map(Peer::of)
            .forEach(busy::add);
      }
    }
    return busy;
  }

  /**
   * Why an executor has ended, if it has. Whoever was connected to it sees that before Spark knows,
   * and does not see why.
   */
  Optional<String> reasonOfEnd(Peer lost) {
    long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
    Optional<String> reason = reason(lost);
    while (reason.isEmpty() && System.nanoTime() < end) {
      pause();
      reason = reason(lost);
    }
    return reason;
  }

  private Optional<String> reason(Peer lost) {
    return CollectionConverters.asJava(context.statusStore().executorList(false)).stream()
        .filter(executor -> executor.id().equals(lost.executor()))
        .flatMap(executor -> OptionConverters.toJava(executor.removeReason()).stream())
        .findFirst();
  }

  /**
   * Ends an executor, and waits until it is counted no more. One that hangs would hold its place
   * for long, as Spark waits for its heartbeats; one that is dead may be counted for a moment.
   */
  void replace(Peer lost) {
    if (isCounted(lost)) {
      context.killAndReplaceExecutor(lost.executor());
    }
    long end = System.nanoTime() + REPLACED_WITHIN.toNanos();
    while (isCounted(lost) && System.nanoTime() < end) {
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
