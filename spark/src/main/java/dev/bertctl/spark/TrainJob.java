// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.ProcessesPipe;
import dev.bertctl.runtime.tensorflow.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The application that {@code spark-submit} runs for a training: its executors make the steps that
 * {@code bertctl run} asks for through standard input and output.
 */
public final class TrainJob {

  private TrainJob() {}

  /**
   * Serves until standard input ends.
   *
   * @param words {@code processes=N}, {@code device=DEVICE} and {@code timeout=SECONDS}
   */
  public static void main(String... words) throws IOException {
    InputStream questions = System.in;
    PrintStream answers = System.out;
    // Nothing else may come between the answers.
    System.setOut(System.err);
    Map<String, String> arguments = KeyValue.map(List.of(words), "'%s' is no argument of the job");
    int wanted = Integer.parseInt(arguments.get("processes"));
    Duration timeout = Duration.ofSeconds(Long.parseLong(arguments.get("timeout")));
    String device = Device.of(arguments.get("device")).toString();
    try (JavaSparkContext context = new JavaSparkContext(settings(wanted))) {
      ProcessesPipe.serve(questions, answers, new SparkProcesses(context, wanted, device, timeout));
    } catch (UserException e) {
      System.err.println("bertctl: " + e.getMessage());
      System.exit(1);
    }
  }

  /** What training needs, unless the user has other wishes. */
  private static SparkConf settings(int processes) {
    SparkConf settings = new SparkConf();
    // A step is made by all or not at all: bertctl goes back to a checkpoint.
    settings.set("spark.stage.maxConsecutiveAttempts", "1");
    settings.set("spark.speculation", "false");
    settings.set("spark.dynamicAllocation.enabled", "false");
    settings.setIfMissing("spark.executor.instances", Integer.toString(processes));
    // One process an executor.
    settings.setIfMissing("spark.task.cpus", settings.get("spark.executor.cores", "1"));
    return settings;
  }
}
