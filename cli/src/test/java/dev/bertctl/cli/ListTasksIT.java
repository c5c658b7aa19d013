// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListTasksIT {

  private static final String SUMMARY =
      "Natural-language inference: does the premise entail the hypothesis?";

  @TempDir(factory = BesideTheApp.class)
  Path folder;

  @Test
  void theTableNamesTaskVersionJarAndSummary() throws Exception {
    Result result = PackagedApp.built().run("list-tasks");

    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    List<String> lines = result.out().lines().toList();
    assertEquals(List.of("TASK", "VERSION", "JAR", "SUMMARY"), columns(lines.get(0)));
    List<String> nli =
        lines.stream().map(ListTasksIT::columns).filter(row -> row.contains("nli")).toList().get(0);
    assertEquals(version(), nli.get(1));
    assertEquals("dev.bertctl.bertctl-nli-" + version() + ".jar", nli.get(2));
    assertEquals(SUMMARY, nli.get(3));
  }

  @Test
  void everyTaskIsThere() throws Exception {
    assertEquals(
        List.of(
            "causal-lm",
            "embeddings",
            "fill-mask",
            "masked-lm",
            "multiple-choice",
            "ner",
            "next-sentence",
            "nli",
            "paraphrase",
            "pretrain",
            "qa",
            "regression",
            "text-classification"),
        PackagedApp.built()
            .run("list-tasks")
            .success()
            .out()
            .lines()
            .skip(1)
            .map(line -> columns(line).get(0))
            .toList());
  }

  @Test
  void jsonHoldsTheSameWithTheWholePathOfTheJar() throws Exception {
    Result result = PackagedApp.built().run("list-tasks", "--json");

    assertEquals("", result.err());
    assertEquals(0, result.exitCode());
    JsonNode nli = null;
    for (JsonNode task : new ObjectMapper().readTree(result.out()).get("tasks")) {
      if (task.get("name").asText().equals("nli")) {
        nli = task;
      }
    }
    assertEquals(SUMMARY, nli.get("summary").asText());
    assertEquals(version(), nli.get("version").asText());
    assertTrue(Files.isRegularFile(Path.of(nli.get("jar").asText())), nli.toString());
  }

  @Test
  void tensorFlowIsNotLoaded() throws Exception {
    PackagedApp app = PackagedApp.built().with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:stderr");

    String loaded = app.run("list-tasks").err();

    assertTrue(loaded.contains("dev.bertctl.nli.NliPlugin"), "the log lists classes");
    assertFalse(loaded.contains("org.tensorflow."), "a class of TensorFlow was loaded");
    assertFalse(loaded.contains("ai.djl."), "a class of DJL was loaded");
  }

  @Test
  void aBrokenProviderIsReportedBesideTheOthers() throws Exception {
    PackagedApp app =
        ReplacedPlugin.in(
            folder, "\"still here\"", "dev.bertctl.nli.Gone", "dev.bertctl.nli.NliPlugin");

    Result result = app.run("list-tasks");

    assertTrue(result.out().contains("still here"), result.out());
    assertEquals(
        "bertctl: a task plugin cannot be loaded: Provider dev.bertctl.nli.Gone not found; it is"
            + " named in "
            + jar()
            + "; update or remove that jar\n",
        result.err());
    assertEquals(0, result.exitCode());
  }

  @Test
  void aPluginThatThrowsIsReported() throws Exception {
    PackagedApp app = ReplacedPlugin.in(folder, "fail()", "dev.bertctl.nli.NliPlugin");

    Result result = app.run("list-tasks");

    assertEquals(
        "bertctl: the task plugin dev.bertctl.nli.NliPlugin in "
            + jar()
            + " cannot be used: java.lang.IllegalStateException: no summary; update or remove that jar\n",
        result.err());
    assertEquals(0, result.exitCode());
  }

  private Path jar() {
    return folder.resolve("app/lib/main/dev.bertctl.bertctl-nli-" + version() + ".jar");
  }

  private static String version() {
    return System.getProperty("bertctl.version");
  }

  private static List<String> columns(String line) {
    return List.of(line.split(" {2,}"));
  }
}
