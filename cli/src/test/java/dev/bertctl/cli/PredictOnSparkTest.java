// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code predict --on spark} tells a {@code spark-submit} that writes down its arguments. */
class PredictOnSparkTest {

  private static final String JARS = "bertctl.spark";

  @TempDir private static Path folder;

  private static Path model;

  @BeforeAll
  static void write() throws IOException {
    model =
        TinyModel.write(
            folder.resolve("nli/model"), BuiltInTasks.plugin("nli"), Map.of("labels", "a,b,c"), 1);
    Path submit = folder.resolve("bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(
        submit,
        "#!/bin/sh\nprintf '%%s\\n' \"$@\" > '%s'\n! grep -q fails '%s'\n"
            .formatted(told(), told()));
    assertTrue(submit.toFile().setExecutable(true));
    Files.createFile(folder.resolve("bertctl-spark-1.jar"));
    System.setProperty(JARS, folder.toString());
  }

  @AfterAll
  static void forget() {
    System.clearProperty(JARS);
  }

  private static Path told() {
    return folder.resolve("told");
  }

  private static InProcess.Outcome predict(String... more) {
    List<String> arguments = new ArrayList<>(List.of("predict", "--on=spark"));
    arguments.add("--spark-home=" + folder);
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  /** What the job is told, after Spark's own options. */
  private static List<String> job(String... more) throws IOException {
    InProcess.Outcome outcome = predict(more);
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> told = Files.readAllLines(told());
    return told.subList(told.indexOf(folder + "/bertctl-spark-1.jar") + 1, told.size());
  }

  @Test
  void theJobIsToldWhatTheCommandIs() throws IOException {
    assertEquals(
        List.of(
            "model=" + model,
            "input=s3a://data/a",
            "input=s3a://data/b",
            "output=s3a://data/predictions",
            "format=json",
            "param=device=cpu",
            "param=engine=auto",
            "param=quantize=none",
            "param=maxLength=16",
            "param=errorCol=error",
            "param=maxErrors=5",
            "overwrite=true",
            "write=compression=gzip",
            "param=labelPrefix=p_"),
        job(
            model.toString(),
            "--input=s3a://data/a",
            "--input=s3a://data/b",
            "--output=s3a://data/predictions",
            "--format=jsonl",
            "--set=device=cpu",
            "--set=max-length=16",
            "--skip-bad=5",
            "--overwrite",
            "--spark=write=compression=gzip",
            "--spark=param=labelPrefix=p_"));
    assertTrue(
        job(model.toString(), "-i=in", "-o=out").contains("param=errorCol="),
        "a bad row ends the job");
  }

  /** Each by itself, as a list of words has commas of its own. */
  @Test
  void anAppliedTaskHasItsSettings() throws IOException {
    Path encoder = TinyBert.write(folder.resolve("bert"), 0);

    List<String> told =
        job(
            encoder.toString(),
            "--task=fill-mask",
            "--set=candidates=cat,dog",
            "--set=top-k=2",
            "--set=max-length=32",
            "-i=in",
            "-o=out");

    assertTrue(told.contains("task=fill-mask"), told.toString());
    assertEquals(
        List.of("set=candidates=cat,dog", "set=top-k=2"),
        told.stream().filter(argument -> argument.startsWith("set=")).toList());
  }

  @Test
  void theJarsOfAnOutsidePluginAreGivenToSpark() throws IOException {
    Path plugins = folder.resolve("plugins");
    Path own = Files.createDirectories(plugins.resolve("sentiment"));
    Path library = new PluginJar(own.resolve("words.jar")).write();
    Path sources = Path.of("../outside-plugins/sentiment/src/main/java");
    PluginJar sentiment = new PluginJar(own.resolve("sentiment.jar"));
    for (String name : List.of("SentimentOptions", "SentimentPlugin")) {
      String type = "org.example.sentiment." + name;
      sentiment.source(type, Files.readString(sources.resolve(type.replace('.', '/') + ".java")));
    }
    Path jar = sentiment.naming("org.example.sentiment.SentimentPlugin");
    InstalledTasks tasks = new InstalledTasks();
    tasks.lookIn(plugins);
    Path trained =
        TinyModel.write(
            folder.resolve("sentiment/model"),
            tasks.registry().get("sentiment").plugin(),
            Map.of(),
            1);

    job(trained.toString(), "--plugins=" + plugins, "-i=in", "-o=out");

    assertEquals(jar + "," + library, jars());
    job(model.toString(), "--plugins=" + plugins, "-i=in", "-o=out");
    assertEquals("", jars(), "a built-in task needs none");
  }

  /** What Spark sends to all machines. */
  private static String jars() throws IOException {
    List<String> told = Files.readAllLines(told());
    return told.get(told.indexOf("--jars") + 1);
  }

  @Test
  void whatSparkDoesNotDoIsRefused() {
    String path = model.toString();
    assertFails(2, "--on spark needs --input, not texts", predict(path, "a", "b", "-o=out"));
    assertFails(2, "--on spark needs --input PATH", predict(path, "-o=out"));
    assertFails(2, "--on spark needs --output PATH", predict(path, "-i=in"));
    assertFails(
        1,
        "--format tsv: Spark reads csv, jsonl, text and Parquet",
        predict(path, "-i=in", "-o=out", "--format=tsv"));
    assertFails(
        1,
        "--set data.columns.premise=left: not on Spark, where a model's task is as it was trained; name columns by --spark param=inputCols=NAME=COLUMN",
        predict(path, "-i=in", "-o=out", "--set=data.columns.premise=left"));
    assertFails(
        2,
        "--master, --spark-home, --spark-conf and --spark need --on spark",
        InProcess.run("predict", path, "-i=in", "--master=yarn"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--columns=a",
        "--probabilities=none",
        "--escape-formulas",
        "--resume",
        "--bad-rows=bad",
        "--task-files=own",
        "--json"
      })
  void optionsThatItHasNoUseForAreRefused(String option) {
    assertFails(
        2,
        option.replaceFirst("=.*", "") + " is not for --on spark",
        predict(model.toString(), "-i=in", "-o=out", option));
  }

  /** A new option of predictions is told to Spark, or refused, but not passed over. */
  @Test
  void everyOptionIsToldOrRefused() {
    CommandLine predict =
        InProcess.commands(new StandardOutput(System.out)).getSubcommands().get("predict");
    Set<String> others = new TreeSet<>();
    predict.getCommandSpec().options().forEach(option -> others.add(option.longestName()));
    assertTrue(others.containsAll(SparkOptions.NOT_ON_SPARK), others.toString());
    others.removeAll(SparkOptions.NOT_ON_SPARK);

    assertEquals(
        new TreeSet<>(
            Set.of(
                "--context",
                "--format",
                "--help",
                "--input",
                "--log-format",
                "--master",
                "--offline",
                "--on",
                "--output",
                "--overwrite",
                "--plugins",
                "--question",
                "--set",
                "--skip-bad",
                "--spark",
                "--spark-conf",
                "--spark-home",
                "--stacktrace",
                "--task")),
        others);
  }

  @Test
  void aJobThatFailsFailsTheCommand() {
    assertFails(
        1,
        "the job on Spark failed (spark-submit ended with 1); its messages say why",
        predict(model.toString(), "-i=in", "-o=fails"));
  }

  private static void assertFails(int exitCode, String message, InProcess.Outcome outcome) {
    assertEquals(exitCode, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().lines().anyMatch(line -> line.equals("bertctl: " + message)), outcome.err());
  }
}
