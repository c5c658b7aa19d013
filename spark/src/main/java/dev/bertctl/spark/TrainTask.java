// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.Transport;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * One of the tasks, one an executor, that run at the same time and carry out an order each. Which
 * order is a matter of the executor, not of the task.
 */
final class TrainTask extends AbstractFunction1<Iterator<Integer>, Iterator<TrainTask.Done>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Training training;
  private final List<Peer> peers;
  private final List<byte[]> orders;

  /**
   * @param peers the executors; none yet where they are to tell who they are
   * @param orders of each; none where they are to open the model
   */
  TrainTask(Training training, List<Peer> peers, List<byte[]> orders) {
    this.training = training;
    this.peers = List.copyOf(peers);
    this.orders = List.copyOf(orders);
  }

  /**
   * What all tasks of a training have.
   *
   * @param model what they open
   * @param generation counts how often the training has begun
   * @param device where they compute
   * @param deadlineSeconds for a message to come
   */
  record Training(SentModel model, int generation, String device, long deadlineSeconds)
      implements Serializable {}

  /**
   * What a task has done.
   *
   * @param peer where
   * @param checksum of the model's variables, where it was opened
   * @param answer to the order, where there was one
   */
  record Done(Peer peer, long checksum, byte[] answer) implements Serializable {}

  @Override
  public Iterator<Done> apply(Iterator<Integer> none) {
    TaskContext task = TaskContext.get();
    if (task.stageAttemptNumber() > 0) {
      throw new UserException("a step is not repeated: some processes may have made it");
    }
    return CollectionConverters.asScala(List.of(done(task)).iterator());
  }

  private Done done(TaskContext task) {
    Peer here = Peer.here();
    HeldProcess held = HeldProcess.ofExecutor();
    if (orders.isEmpty()) {
      return held.use(
          training.model(),
          training.generation(),
          training.device(),
          process -> new Done(here, process.checksum(), new byte[0]));
    }
    int rank = peers.indexOf(here);
    if (rank < 0) {
      throw new UserException(here + " is not one of the processes that have begun");
    }
    Transport transport =
        new BlockTransport(
            peers,
            rank,
            training.generation(),
            Duration.ofSeconds(training.deadlineSeconds()),
            task);
    return held.use(
        training.model(),
        training.generation(),
        training.device(),
        process -> new Done(here, 0, process.carryOut(orders.get(rank), transport)));
  }
}
