// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void writeConfiguration() throws IOException {
    file =
        Files.writeString(
            folder.resolve("app.yaml"),
            """
            model: minilm-l6
            max-length: 128
            data: {train: t.jsonl}
            train:
              learning-rate: 0.00005
              parameter-groups:
                - {match: "#all *", frozen: true}
            tasks:
              nli:
                labels: ['no', 'yes']
            """);
  }

  @Test
  void whatDiffersFromTheDefaultsIsMarked() {
    InProcess.Outcome outcome =
        InProcess.run("config", "nli", "-c", file.toString(), "--set", "train.epochs=1");

    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> lines =
        outcome.out().replace(folder + "/", "").replace(folder.toString(), "").lines().toList();
    for (String line :
        List.of(
            "model: minilm-l6 # app.yaml:1",
            "max-length: 128 # app.yaml:2",
            "  train: t.jsonl # app.yaml:3",
            "  epochs: 1 # default: 3; --set train.epochs=1",
            "  learning-rate: 0.00005 # app.yaml:5",
            "  - frozen: true # default: false; app.yaml:7",
            "    match: '#all *' # app.yaml:7",
            "  seed: 42",
            "    labels: ['no', 'yes'] # default: [entailment, neutral, contradiction]; app.yaml:10",
            "    truncation: longest-first")) {
      assertTrue(lines.contains(line), line + "\nis not in\n" + outcome.out());
    }
  }

  @Test
  void itReadsBackToTheSame() throws IOException {
    for (String[] form : List.of(new String[0], new String[] {"--changed"})) {
      List<String> arguments =
          new ArrayList<>(
              List.of("config", "nli", "-c", file.toString(), "--set", "train.epochs=1"));
      arguments.addAll(List.of(form));
      Path again =
          Files.writeString(
              folder.resolve("again.yaml"), InProcess.run(arguments.toArray(String[]::new)).out());

      assertEquals(
          AppConfig.load(
                  file,
                  BuiltInTasks.plugin("nli"),
                  List.of(new Assignment("train.epochs", "1", "a test")))
              .values(),
          withSameNumbers(again));
    }
  }

  /** The default 5e-5 stands for the 0.00005 that was left out. */
  private static Map<String, String> withSameNumbers(Path again) {
    Map<String, String> values =
        new LinkedHashMap<>(AppConfig.load(again, BuiltInTasks.plugin("nli"), List.of()).values());
    values.replace("train.learning-rate", "5e-5", "0.00005");
    return values;
  }

  @Test
  void numbersStandAsTheyAreWritten() {
    String text =
        InProcess.run("config", "nli", "-c", file.toString(), "--set", "train.learning-rate=3e-5")
            .out();
    assertTrue(
        text.contains("  learning-rate: 3e-5 # default: 5e-5; --set train.learning-rate=3e-5\n"),
        text);
  }

  @Test
  void aLineEndInAnAssignmentEndsNoComment() throws IOException {
    InProcess.Outcome outcome =
        InProcess.run("config", "nli", "-c", file.toString(), "--set", "labels=a,b\nmodel: other");
    Path again = Files.writeString(folder.resolve("again.yaml"), outcome.out());
    assertEquals(
        "a,b\nmodel: other",
        AppConfig.load(again, BuiltInTasks.plugin("nli"), List.of()).values().get("labels"));
  }

  @Test
  void onlyWhatIsChangedIfAsked() {
    String text =
        InProcess.run("config", "nli", "-c", file.toString(), "--changed")
            .out()
            .replace(folder + "/", "");

    assertEquals(
        """
        data:
          train: t.jsonl # app.yaml:3
        model: minilm-l6 # app.yaml:1
        train:
          parameter-groups:
          - frozen: true # default: false; app.yaml:7
            match: '#all *' # app.yaml:7
        tasks:
          nli:
            labels: ['no', 'yes'] # default: [entailment, neutral, contradiction]; app.yaml:10
        """,
        text);
  }

  @Test
  void aTasksOwnDefaultIsTheDefault() {
    String text = InProcess.run("config", "qa", "-c", file.toString(), "--set", "labels=a").err();
    assertTrue(text.contains("no section 'tasks.qa'"), text);
    String qa =
        InProcess.run("config", "qa", "-c", plain().toString(), "--set", "max-length=128").out();
    assertTrue(qa.contains("max-length: 128 # default: 384; --set max-length=128\n"), qa);
    assertTrue(
        InProcess.run("config", "qa", "-c", plain().toString())
            .out()
            .contains("max-length: 384\n"));
  }

  @Test
  void theSameAsJson() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(InProcess.run("config", "nli", "-c", file.toString(), "--json").out());

    assertEquals("nli", json.path("task").asText());
    JsonNode settings = json.path("settings");
    assertEquals(3, settings.at("/train.epochs/value").asInt());
    assertTrue(settings.at("/train.epochs/value").isInt());
    assertEquals(false, settings.at("/train.epochs/changed").asBoolean(true));
    assertTrue(settings.at("/train.epochs/origin").isNull());
    assertEquals(List.of("no", "yes").toString(), texts(settings.at("/labels/value")));
    assertEquals(3, settings.at("/labels/default").size());
    assertEquals(file + ":10", settings.at("/labels/origin").asText());
    assertTrue(settings.path("train.parameter-groups[0].frozen").path("value").asBoolean());
    assertTrue(settings.at("/model/default").isNull());
  }

  @Test
  void aWrongConfigurationIsWrongUsage() {
    InProcess.Outcome outcome =
        InProcess.run("config", "nli", "-c", file.toString(), "--set", "train.epoch=1");

    assertEquals(2, outcome.exitCode());
    assertEquals(
        "bertctl: --set train.epoch=1: unknown key 'train.epoch'; did you mean 'train.epochs'?\n",
        outcome.err());
  }

  private Path plain() {
    try {
      return Files.writeString(folder.resolve("plain.yaml"), "model: m\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts.toString();
  }
}
