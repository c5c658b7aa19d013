// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.LostProcessException;
import dev.bertctl.runtime.distributed.Processes;
import dev.bertctl.runtime.distributed.TrainingFolder;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The executors of an application as the processes of a training. Each order is a job of one
 * barrier stage, whose tasks run at the same time, one an executor.
 */
final class SparkProcesses implements Processes {

  /** 64 MiB of variables come at a time. */
  private static final long VALUES_AT_ONCE = 1 << 24;

  private static final ClassTag<TrainTask.Done> DONE =
      ClassTag$.MODULE$.apply(TrainTask.Done.class);

  /** Executors may have been those of others before. */
  private static final AtomicInteger GENERATIONS = new AtomicInteger();

  private final JavaSparkContext context;
  private final int wanted;
  private final String device;
  private final Duration deadline;
  private final Executors executors;
  private TrainTask.Training training;
  private List<Endpoint> endpoints = List.of();
  private SafetensorsFile variables;

  /**
   * @param wanted how many processes; as many as there are executors in the end
   * @param device where they compute
   * @param deadline for a process to do what it is told
   */
  SparkProcesses(JavaSparkContext context, int wanted, String device, Duration deadline) {
    this.context = context;
    this.wanted = wanted;
    this.device = device;
    this.deadline = deadline;
    this.executors = new Executors(context.sc());
  }

  @Override
  public List<ProcessFacts> begin(Path folder) {
    int found = executors.await(wanted, deadline);
    training =
        new TrainTask.Training(
            SentModel.of(context.sc(), folder, false),
            GENERATIONS.incrementAndGet(),
            device,
            deadline.toSeconds());
    variables = SafetensorsFile.open(folder.resolve(TrainingFolder.VARIABLES));
    List<TrainTask.Done> opened = run(found, new TrainTask(training, List.of(), List.of()));
    endpoints = opened.stream().map(TrainTask.Done::endpoint).toList();
    if (endpoints.stream().distinct().count() < endpoints.size()) {
      throw new UserException(
          "two processes were put into %s; give each executor one: --spark-conf spark.task.cpus=N with the value of spark.executor.cores"
              .formatted(endpoints.get(0).peer()));
    }
    return opened.stream()
        .map(one -> new ProcessFacts(one.endpoint().peer().toString(), one.checksum()))
        .toList();
  }

  @Override
  public List<byte[]> carryOut(List<byte[]> orders) {
    List<byte[]> answers = new ArrayList<>();
    List<TrainTask.Done> done = run(endpoints.size(), new TrainTask(training, endpoints, orders));
    for (Endpoint endpoint : endpoints) {
      answers.add(
          done.stream()
              .filter(one -> one.endpoint().equals(endpoint))
              .findFirst()
              .orElseThrow(() -> new LostProcessException(endpoint.peer() + " has not answered"))
              .answer());
    }
    return answers;
  }

  private List<Peer> peers() {
    return endpoints.stream().map(Endpoint::peer).toList();
  }

  private List<TrainTask.Done> run(int tasks, TrainTask task) {
    RDD<Integer> each =
        context.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks).rdd();
    JavaFutureAction<List<TrainTask.Done>> job =
        each.barrier().mapPartitions(task, false, DONE).toJavaRDD().collectAsync();
    // Processes that wait for one that hangs say so before.
    Duration patience = deadline.plus(deadline.dividedBy(2));
    try {
      return job.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      JobFailure failure = JobFailure.of(e.getCause(), peers());
      String message = failure.with(failure.process().flatMap(executors::reasonOfEnd)).message();
      failure.process().ifPresent(executors::replace);
      throw new LostProcessException(message);
    } catch (TimeoutException e) {
      List<Peer> late = executors.busy();
      job.cancel(true);
      late.forEach(executors::replace);
      throw new LostProcessException(
          "%s not done after %d s"
              .formatted(
                  late.isEmpty()
                      ? "processes that Spark had no room for were"
                      : late.stream().map(Peer::toString).collect(Collectors.joining(", "))
                          + (late.size() == 1 ? " was" : " were"),
                  patience.toSeconds()));
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while executors were at work", e);
    }
  }

  @Override
  public void collect(Path file) {
    List<List<String>> parts = parts();
    Iterator<CollectTask.Values> values =
        context
            .parallelize(parts, parts.size())
            .mapPartitions(new CollectTask(training.generation()))
            .toLocalIterator();
    List<Weight> weights = new ArrayList<>();
    for (List<String> part : parts) {
      for (String name : part) {
        weights.add(
            new DeferredWeight(
                name, variables.shape(name), () -> FloatBuffer.wrap(next(values, name))));
      }
    }
    try {
      SafetensorsFile.write(file, weights);
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      // Also checked ones, which Spark throws and does not declare.
      throw new LostProcessException(JobFailure.of(e, peers()).message());
    }
  }

  private static float[] next(Iterator<CollectTask.Values> values, String name) {
    CollectTask.Values next = values.next();
    if (!next.name().equals(name)) {
      throw new IllegalStateException(next.name() + " came in the place of " + name);
    }
    return next.values();
  }

  private List<List<String>> parts() {
    List<List<String>> parts = new ArrayList<>();
    long room = 0;
    for (String name : variables.names()) {
      long size =
          variables.shape(name).stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      if (size > room) {
        parts.add(new ArrayList<>());
        room = VALUES_AT_ONCE;
      }
      parts.get(parts.size() - 1).add(name);
      room -= size;
    }
    return parts;
  }

  /** The application ends with its context, and the models with it. */
  @Override
  public void close() {}
}
