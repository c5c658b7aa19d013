// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.spi.TaskPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in this process, tiny models and rows for them. */
final class LocalSpark {

  /** Rows with a number and two texts. */
  static final StructType PAIRS =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("premise", DataTypes.StringType)
          .add("hypothesis", DataTypes.StringType);

  private LocalSpark() {}

  /** A session with two threads. */
  static SparkSession session() {
    return builder().master("local[2]").getOrCreate();
  }

  /** A session without a web page, on this machine alone. */
  static SparkSession.Builder builder() {
    return SparkSession.builder()
        .appName("test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2");
  }

  /** A model of a built-in task with random weights. */
  static Path model(Path folder, String task, Map<String, String> options) {
    TaskPlugin<?> plugin =
        ServiceLoader.load(TaskPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(candidate -> candidate.name().equals(task))
            .findFirst()
            .orElseThrow();
    return TinyModel.write(folder.resolve(task).resolve("model"), plugin, options, 1);
  }

  static Path nli(Path folder) {
    return model(folder, "nli", Map.of());
  }

  /** A sentence of the tiny model's words. */
  static String words(Random random, int most) {
    List<String> words = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      words.add(TinyBert.WORDS.get(random.nextInt(TinyBert.WORDS.size())));
    }
    return String.join(" ", words);
  }

  /** Pairs of sentences, the same for the same number. */
  static List<Row> pairs(int rows) {
    Random random = new Random(5);
    List<Row> pairs = new ArrayList<>(rows);
    for (long id = 0; id < rows; id++) {
      pairs.add(RowFactory.create(id, words(random, 12), words(random, 8)));
    }
    return pairs;
  }

  static Dataset<Row> pairs(SparkSession session, int rows, int partitions) {
    return session.createDataFrame(pairs(rows), PAIRS).repartition(partitions);
  }
}
