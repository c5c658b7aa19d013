// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors that are processes of their own, killed while they predict: with speculation, whatever
 * becomes of them each row is there once and as it would be without.
 *
 * <p>{@code -Dspark.kills=10 -Dspark.rows=100000} for more of it.
 */
class KilledExecutorsTest {

  private static final int KILLS = Integer.getInteger("spark.kills", 2);
  private static final int ROWS = Integer.getInteger("spark.rows", 6_000);
  private static final int PARTITIONS = 24;

  /** Between two kills, in milliseconds, and as long as no task runs. */
  private static final long PAUSE = 1_500;

  @TempDir static Path folder;

  private static SparkSession session;
  private static Path model;
  private static Map<Long, String> expected;

  @BeforeAll
  static void open() {
    LocalSpark.session().stop();
    model = LocalSpark.nli(folder);
    SparkSession local = LocalSpark.session();
    LocalSpark.pairs(local, ROWS, PARTITIONS).write().parquet(input());
    Dataset<Row> pairs = local.read().parquet(input());
    expected = predicted(BertTransformer.load(model.toString()).transform(pairs));
    local.stop();
    session =
        LocalSpark.builder()
            .master("local-cluster[2,1,1024]")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1")
            .config("spark.task.maxFailures", "100")
            .config("spark.deploy.maxExecutorRetries", "30")
            .config("spark.speculation", "true")
            .config("spark.speculation.multiplier", "1.1")
            .config("spark.speculation.quantile", "0.3")
            // Each file is a partition of its own.
            .config("spark.sql.files.openCostInBytes", "134217728")
            .getOrCreate();
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  private static String input() {
    return folder.resolve("pairs").toString();
  }

  /** By id; with a row that is there twice it could not be made. */
  private static Map<Long, String> predicted(Dataset<Row> rows) {
    Map<Long, String> predicted = new TreeMap<>();
    for (Row row : rows.select("id", "predicted").collectAsList()) {
      assertTrue(
          predicted.put(row.getLong(0), row.getString(1)) == null, "doubled: " + row.getLong(0));
    }
    return predicted;
  }

  /** This process starts no other Java. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  /** Kills executors, now one, now the other, each time while tasks run, until it were enough. */
  private static final class Killer extends Thread {
    private int kills;

    @Override
    public void run() {
      try {
        while (kills < KILLS) {
          Thread.sleep(PAUSE);
          List<ProcessHandle> running = executors();
          if (!running.isEmpty() && isComputing()) {
            running.get(kills % running.size()).destroyForcibly();
            kills++;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static boolean isComputing() {
      return Arrays.stream(session.sparkContext().statusTracker().getExecutorInfos())
          .anyMatch(executor -> executor.numRunningTasks() > 0);
    }
  }

  @Test
  void nothingIsLostOrDoubled() throws InterruptedException {
    Killer killer = new Killer();
    killer.start();
    int jobs = 0;
    do {
      String output = folder.resolve("predicted-" + jobs).toString();
      BertTransformer.load(model.toString())
          .transform(session.read().parquet(input()))
          .write()
          .parquet(output);
      assertEquals(expected, predicted(session.read().parquet(output)));
      jobs++;
    } while (killer.isAlive());
    killer.join();

    assertEquals(KILLS, killer.kills);
    System.out.printf("%d executors killed in %d jobs of %,d rows%n", killer.kills, jobs, ROWS);
  }
}
