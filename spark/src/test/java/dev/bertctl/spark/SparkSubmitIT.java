// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bertctl predict --on spark} as users have it: by the launcher and {@code spark-submit},
 * with executors that are processes of their own.
 *
 * <p>{@code -Dspark.rows=100000} for more of it.
 */
class SparkSubmitIT {

  private static final int ROWS = Integer.getInteger("spark.rows", 2_000);
  private static final Path JARS = Path.of(System.getProperty("bertctl.spark.jars"));
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Probabilities of batches with other lengths differ by roundings of the floats. */
  private static final double ROUNDING = 1e-6;

  /** Of links: JUnit warns of each that it removes. */
  private static final Path INSTALLED = JARS.resolveSibling("installed");

  @TempDir static Path folder;

  private static Path launcher;
  private static Path home;
  private static Path pairs;
  private static Path model;

  @BeforeAll
  static void write() throws IOException {
    FileTree.delete(INSTALLED);
    launcher = launcher();
    home = SparkHome.in(INSTALLED.resolve("spark-home"), JARS);
    model = LocalSpark.nli(folder);
    List<String> lines = new ArrayList<>();
    for (Row pair : LocalSpark.pairs(ROWS)) {
      lines.add(
          "{\"id\":%d,\"premise\":\"%s\",\"hypothesis\":\"%s\"}"
              .formatted(pair.getLong(0), pair.getString(1), pair.getString(2)));
    }
    pairs = Files.write(folder.resolve("pairs.jsonl"), lines);
  }

  /**
   * A copy beside the application that was just packaged, without sources to build it again from.
   */
  private static Path launcher() throws IOException {
    Path original = Path.of(System.getProperty("bertctl.launcher"));
    Path target = Files.createDirectories(INSTALLED.resolve("cli/target"));
    Path copy = INSTALLED.resolve("bertctl");
    Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(
        target.resolve("quarkus-app"), original.resolveSibling("cli/target/quarkus-app"));
    Files.createSymbolicLink(
        Files.createDirectories(INSTALLED.resolve("spark/target")).resolve("bertctl-spark"), JARS);
    return copy;
  }

  @Test
  void theRowsAreThoseOfOneMachine() throws Exception {
    Path single = folder.resolve("single.jsonl");
    Path many = folder.resolve("many");

    succeed(bertctl("predict", model, "--input=" + pairs, "--output=" + single));
    succeed(onSpark(model, "--input=" + pairs, "--output=" + many));

    Map<Long, JsonNode> expected = byId(Files.readAllLines(single));
    Map<Long, JsonNode> found = byId(lines(many));
    assertEquals(ROWS, expected.size());
    assertEquals(expected.keySet(), found.keySet());
    double furthest = 0;
    for (Map.Entry<Long, JsonNode> row : expected.entrySet()) {
      furthest = Math.max(furthest, difference(row.getValue(), found.get(row.getKey())));
    }
    assertTrue(furthest < ROUNDING, "a probability differs by " + furthest);
    System.out.printf("%,d rows, probabilities differ by at most %.1e%n", ROWS, furthest);
  }

  /** How far the probabilities are apart; all else is the same. */
  private static double difference(JsonNode expected, JsonNode found) {
    for (String name : List.of("premise", "hypothesis", "predicted")) {
      assertEquals(expected.get(name), found.get(name), expected::toString);
    }
    double furthest = 0;
    for (Map.Entry<String, JsonNode> label : expected.get("probabilities").properties()) {
      double other = found.get("probabilities").get(label.getKey()).asDouble();
      furthest = Math.max(furthest, Math.abs(label.getValue().asDouble() - other));
    }
    return furthest;
  }

  /** It declares no columns for its predictions, which are then one of JSON. */
  @Test
  void executorsFindTheTaskOfAnOutsidePlugin() throws Exception {
    Path plugins = folder.resolve("plugins");
    Path jar = sentiment(Files.createDirectories(plugins).resolve("sentiment.jar"));
    Path reviews =
        Files.write(
            folder.resolve("reviews.jsonl"),
            List.of("{\"text\":\"the cat\"}", "{\"text\":\"a dog\"}"));
    Path output = folder.resolve("reviewed");
    Path trained;
    try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      trained =
          TinyModel.write(
              folder.resolve("sentiment/model"),
              TaskRegistry.load(classes).get("sentiment").plugin(),
              Map.of(),
              1);
    }

    succeed(onSpark(trained, "--plugins=" + plugins, "--input=" + reviews, "--output=" + output));

    List<String> labels = new ArrayList<>();
    for (String line : lines(output)) {
      String prediction = JSON.readTree(line).get("prediction").asText();
      labels.add(JSON.readTree(prediction).get("predicted").asText());
    }
    assertEquals(2, labels.size());
    assertTrue(List.of("negative", "positive").containsAll(labels), labels::toString);
  }

  private static Path sentiment(Path file) throws IOException {
    Path sources = Path.of("../outside-plugins/sentiment/src/main/java/org/example/sentiment");
    PluginJar jar = new PluginJar(file);
    for (String name : List.of("SentimentOptions", "SentimentPlugin")) {
      jar.source(
          "org.example.sentiment." + name, Files.readString(sources.resolve(name + ".java")));
    }
    return jar.naming("org.example.sentiment.SentimentPlugin");
  }

  @Test
  void interruptedNothingOfItIsLeft() throws Exception {
    Process process = onSpark(model, "--input=" + pairs, "--output=" + folder.resolve("cut-off"));
    List<ProcessHandle> started = new ArrayList<>();
    // The driver, and an executor.
    while (started.size() < 2) {
      assertTrue(process.isAlive(), "it ended by itself");
      TimeUnit.MILLISECONDS.sleep(100);
      started = process.descendants().filter(SparkSubmitIT::isJava).toList();
    }

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(130, process.exitValue());
    assertEquals(List.of(), started.stream().filter(ProcessHandle::isAlive).toList());
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java");
  }

  private static Process onSpark(Path trained, String... more) throws IOException {
    List<Object> words = new ArrayList<>(List.of("predict", trained, "--on=spark"));
    words.add("--spark-home=" + home);
    words.add("--master=local-cluster[2,1,1024]");
    for (String setting :
        List.of(
            "spark.ui.enabled=false",
            "spark.driver.host=127.0.0.1",
            "spark.driver.bindAddress=127.0.0.1",
            "spark.executor.extraJavaOptions=-XX:ActiveProcessorCount=1",
            "spark.sql.files.openCostInBytes=0",
            "spark.sql.files.maxPartitionBytes=" + Math.max(1, Files.size(pairs) / 8))) {
      words.add("--spark-conf=" + setting);
    }
    words.add("--spark=output-format=json");
    words.addAll(List.of(more));
    return bertctl(words.toArray());
  }

  private static Process bertctl(Object... words) throws IOException {
    // A build in the background has interrupts ignored, which what it starts inherits.
    List<String> line =
        new ArrayList<>(List.of("env", "--default-signal=INT", launcher.toString()));
    Stream.of(words).map(Object::toString).forEach(line::add);
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  private static void succeed(Process process) throws InterruptedException {
    assertTrue(process.waitFor(20, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
  }

  private static List<String> lines(Path output) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.filter(part -> part.toString().endsWith(".json")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  private static Map<Long, JsonNode> byId(List<String> lines) throws IOException {
    Map<Long, JsonNode> rows = new TreeMap<>();
    for (String line : lines) {
      JsonNode row = JSON.readTree(line);
      assertTrue(rows.put(row.get("id").asLong(), row) == null, () -> "doubled: " + row);
    }
    return rows;
  }
}
