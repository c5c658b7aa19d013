// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import com.sun.management.OperatingSystemMXBean;
import dev.bertctl.runtime.distributed.AllReduce;
import dev.bertctl.runtime.graph.Bucket;
import dev.bertctl.runtime.graph.BucketStream;
import dev.bertctl.runtime.weights.ElementType;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/**
 * What a step on several processes takes besides computing: the processor time of exchanging
 * gradients, by the number of processes and the size of buckets, and the time of a job that does
 * nothing, by the number of executors, and how much of it the driver computes. The exchange goes
 * over sockets between services of this process, one in the place of each executor, with nothing
 * else in it; from both the time of steps on more machines than there are can be estimated.
 *
 * <p>Arguments: how many MB of gradients are exchanged; 43 unless given.
 */
final class ExchangeBenchmark {

  private static final String HOST = "127.0.0.1";
  private static final int GENERATION = 1;
  private static final int BUCKET = (25 << 20) / Float.BYTES;
  private static final int REPETITIONS = 10;
  private static final int JOBS = 100;

  private ExchangeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int numbers = (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 43) * 1_000_000 / 4;
    System.out.println(
        "| processes | MB of gradients, buckets | messages sent | s | processor s |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (int processes : new int[] {2, 4, 8, 16}) {
      exchange(processes, numbers, BUCKET);
      // The same in pieces of a sixteenth, so that messages can be told from bytes.
      exchange(processes, numbers, BUCKET / 16);
    }
    System.out.println(
        "\n| executors | a job of one barrier stage, ms | processor ms of the driver |");
    System.out.println("| --- | --- | --- |");
    for (int executors : new int[] {1, 2, 4, 8}) {
      jobs(executors);
    }
  }

  /** Prints what one exchange takes each of the processes, which share this machine. */
  private static void exchange(int processes, int numbers, int bucket) throws Exception {
    List<MessageService> services =
        IntStream.range(0, processes)
            .mapToObj(i -> SparkTransportTest.service(new SparkConf(false)))
            .toList();
    List<Endpoint> endpoints = new ArrayList<>();
    for (MessageService service : services) {
      service.inbox().begin(GENERATION);
      endpoints.add(new Endpoint(new Peer(String.valueOf(endpoints.size()), HOST), service.port()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    List<Bucket> gradients = new ArrayList<>();
    for (int from = 0; from < numbers; from += bucket) {
      int count = Math.min(bucket, numbers - from);
      gradients.add(Bucket.of(ByteBuffer.allocate(Float.BYTES * count)));
    }
    for (int i = 0; i < REPETITIONS / 2; i++) {
      exchange(threads, services, endpoints, gradients);
    }
    long processor = processorNanos();
    long begin = System.nanoTime();
    for (int i = 0; i < REPETITIONS; i++) {
      exchange(threads, services, endpoints, gradients);
    }
    System.out.printf(
        Locale.ROOT,
        "| %d | %.1f, %d | %d | %.4f | %.4f |%n",
        processes,
        numbers * 4e-6,
        gradients.size(),
        2 * (processes - 1) * gradients.size(),
        (System.nanoTime() - begin) * 1e-9 / REPETITIONS,
        (processorNanos() - processor) * 1e-9 / REPETITIONS / processes);
    threads.shutdown();
    services.forEach(MessageService::close);
  }

  private static void exchange(
      ExecutorService threads,
      List<MessageService> services,
      List<Endpoint> endpoints,
      List<Bucket> gradients) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int rank = 0; rank < services.size(); rank++) {
      SparkTransport transport =
          new SparkTransport(
              endpoints, rank, GENERATION, Duration.ofMinutes(5), services.get(rank), () -> false);
      all.add(
          CompletableFuture.runAsync(
              () -> {
                new AllReduce(transport, ElementType.F32).accept(new Gradients(gradients));
                transport.awaitDelivery();
              },
              threads));
    }
    all.forEach(CompletableFuture::join);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Gradients that have been computed before. */
  private static final class Gradients implements BucketStream {

    private final java.util.Iterator<Bucket> buckets;
    private final int size;

    Gradients(List<Bucket> buckets) {
      this.buckets = buckets.iterator();
      this.size = buckets.size();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Bucket next() {
      return buckets.next();
    }

    @Override
    public void put(int index, List<Bucket> sum) {}
  }

  private static void jobs(int executors) throws IOException {
    try (SparkSession session =
        LocalSpark.builder()
            .master("local-cluster[%d,1,512]".formatted(executors))
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
      new dev.bertctl.spark.Executors(context.sc()).await(executors, Duration.ofMinutes(2));
      double[] millis = new double[2 * JOBS];
      long processor = 0;
      for (int i = 0; i < millis.length; i++) {
        if (i == JOBS) {
          processor = processorNanos();
        }
        long begin = System.nanoTime();
        context
            .parallelize(IntStream.range(0, executors).boxed().toList(), executors)
            .rdd()
            .barrier()
            .mapPartitions(new Nothing(), false, ClassTag$.MODULE$.<Integer>apply(Integer.class))
            .toJavaRDD()
            .collect();
        millis[i] = (System.nanoTime() - begin) * 1e-6;
      }
      double driver = (processorNanos() - processor) * 1e-6 / JOBS;
      // Those in which Java compiles what they run are left out.
      double[] later = Arrays.copyOfRange(millis, JOBS, millis.length);
      Arrays.sort(later);
      System.out.printf(Locale.ROOT, "| %d | %.1f | %.1f |%n", executors, later[JOBS / 2], driver);
    }
  }

  private static final class Nothing extends AbstractFunction1<Iterator<Integer>, Iterator<Integer>>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Integer> apply(Iterator<Integer> numbers) {
      return numbers;
    }
  }
}
