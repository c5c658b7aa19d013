// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
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
  private final List<Endpoint> endpoints;
  private final List<byte[]> orders;

  /**
   * @param endpoints the executors; none yet where they are to tell who they are
   * @param orders of each; none where they are to open the model
   */
  TrainTask(Training training, List<Endpoint> endpoints, List<byte[]> orders) {
    this.training = training;
    this.endpoints = List.copyOf(endpoints);
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
   * @param endpoint where
   * @param checksum of the model's variables, where it was opened
   * @param answer to the order, where there was one
   */
  record Done(Endpoint endpoint, long checksum, byte[] answer) implements Serializable {}

  @Override
  public Iterator<Done> apply(Iterator<Integer> none) {
    TaskContext task = TaskContext.get();
    if (task.stageAttemptNumber() > 0) {
      throw new UserException("a step is not repeated: some processes may have made it");
    }
    return CollectionConverters.asScala(List.of(done(task)).iterator());
  }

  private Done done(TaskContext task) {
    Duration deadline = Duration.ofSeconds(training.deadlineSeconds());
    MessageService messages = MessageService.ofExecutor(deadline);
    Endpoint here = new Endpoint(Peer.here(), messages.port());
    HeldProcess held = HeldProcess.ofExecutor();
    if (orders.isEmpty()) {
      // First: a task of a training before this may still use the model, and wait for a message.
      messages.inbox().begin(training.generation());
      held.open(training.model(), training.generation(), training.device());
      return held.use(
          training.generation(), process -> new Done(here, process.checksum(), new byte[0]));
    }
    return held.use(
        training.generation(),
        process -> {
          int rank = endpoints.indexOf(here);
          SparkTransport transport =
              new SparkTransport(
                  endpoints, rank, training.generation(), deadline, messages, task::isInterrupted);
          byte[] answer = process.carryOut(orders.get(rank), transport);
          transport.awaitDelivery();
          return new Done(here, 0, answer);
        });
  }
}
