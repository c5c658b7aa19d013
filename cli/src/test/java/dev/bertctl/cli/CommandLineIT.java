// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.cli.PackagedApp.Result;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineIT {

  private final PackagedApp app = PackagedApp.built();

  @TempDir(factory = BesideTheApp.class)
  Path folder;

  @Test
  void versionNamesTensorFlowAndJavaToo() throws Exception {
    Result result = app.run("--version");

    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    String[] lines = result.out().split("\n");
    assertTrue(
        lines[0].startsWith("bertctl " + System.getProperty("bertctl.version") + " (commit "),
        lines[0]);
    assertTrue(
        lines[1].startsWith("TensorFlow " + System.getProperty("bertctl.tensorflow") + "."),
        lines[1]);
    assertTrue(lines[2].startsWith("Java " + Runtime.version()), lines[2]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list-tasks",
        "init",
        "config",
        "data",
        "run",
        "search",
        "evaluate",
        "predict",
        "explain",
        "pack",
        "score",
        "compare",
        "attention",
        "report",
        "map",
        "models",
        "plugins",
        "doctor",
        "completion"
      })
  void everyCommandHasHelpWithExamples(String command) throws Exception {
    Result result = app.run(command, "--help");

    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    assertTrue(result.out().startsWith("Usage: bertctl " + command), result.out());
    assertTrue(
        result.out().contains("\nExamples:\n  bertctl " + command)
            || result.out().contains("\nExamples:\n  source <(bertctl " + command),
        result.out());
    assertEquals(result.out(), app.run("help", command).out());
  }

  @Test
  void helpListsTheExitCodes() throws Exception {
    Result result = app.run("--help");

    assertEquals(0, result.exitCode());
    assertTrue(
        result
            .out()
            .contains(
                """
                Exit codes:
                    0   done
                    1   the command failed
                    2   wrong usage or configuration
                  130   interrupted
                """),
        result.out());
  }

  @Test
  void withoutACommandTheHelpIsAnError() throws Exception {
    Result result = app.run();

    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertEquals(app.run("--help").out(), result.err());
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheClosest() throws Exception {
    assertEquals(
        new Result(
            2,
            "",
            """
            bertctl: unknown command 'list-task'; did you mean 'list-tasks'?
            Try 'bertctl --help' for more information.
            """),
        app.run("list-task"));
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheClosest() throws Exception {
    assertEquals(
        new Result(
            2,
            "",
            """
            bertctl: unknown option: '--jsno'; did you mean '--json'?
            Try 'bertctl list-tasks --help' for more information.
            """),
        app.run("list-tasks", "--jsno"));
  }

  @Test
  void anUnknownTaskIsAnsweredWithTheClosestAndAllKnownOnes() throws Exception {
    Path config = Files.writeString(folder.resolve("app.yaml"), "model: minilm-l6\n");

    Result result = app.run("run", "nil", "--config", config.toString());

    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertTrue(
        result.err().startsWith("bertctl: unknown task 'nil'; did you mean 'nli'?\nknown tasks: "),
        result.err());
  }

  @Test
  void aMissingOptionIsNamed() throws Exception {
    assertEquals(
        new Result(
            2,
            "",
            """
            bertctl: missing required option: '--config=FILE'
            Try 'bertctl config --help' for more information.
            """),
        app.run("config", "nli"));
  }

  @Test
  void formatsAreCalledAsInConfigurations() throws Exception {
    Path gold =
        Files.writeString(folder.resolve("gold.dat"), "premise,hypothesis,label\na,b,yes\n");
    Path predictions =
        Files.writeString(folder.resolve("predictions.dat"), "{\"label\": \"yes\"}\n");

    JsonNode scored =
        app.run(
                "score",
                "nli",
                "--set=labels=yes,no",
                "--gold=" + gold,
                "--gold-format=csv",
                "--predictions=" + predictions,
                "--predictions-format=jsonl",
                "--json")
            .json();

    assertEquals(1, scored.get("metrics").get("accuracy").asDouble(), scored::toString);
    String help = app.run("predict", "--help").success().out().replaceAll("\\s+", " ");
    assertTrue(help.contains("csv, tsv, jsonl, json, text, conll."), help);
  }

  @Test
  void theCompletionScriptIsValid() throws Exception {
    Result result = app.run("completion");

    assertEquals(0, result.exitCode());
    Path script = Files.writeString(folder.resolve("completion.bash"), result.out());
    Process check =
        new ProcessBuilder(
                "bash",
                "-c",
                "set -e; source " + script + "; complete -p bertctl; bash -n " + script)
            .start();
    assertEquals(
        new Result(0, "complete -o default -F _complete_bertctl bertctl\n", ""),
        PackagedApp.await(check));
  }

  @ParameterizedTest
  @CsvSource({
    "serve --po, --port",
    "serve runs/nli --head, --header-timeout",
    "serve --engine onn, onnxruntime",
    "serve --quantize int8-, int8-reduced",
    "serve --verb, ''",
    "export --enc, --encoder",
    "serv, serve",
  })
  void whatIsBegunIsCompleted(String words, String expected) throws Exception {
    // compopt works only where bash itself completes.
    String script =
        "compopt() { :; }; source %s; COMP_WORDS=(bertctl %s); COMP_CWORD=%d; _complete_bertctl; echo \"${COMPREPLY[*]}\""
            .formatted(completionScript(), words, words.split(" ").length);

    Result result = PackagedApp.await(new ProcessBuilder("bash", "-c", script).start());

    assertEquals(new Result(0, expected + "\n", ""), result);
  }

  private Path completionScript() throws Exception {
    return Files.writeString(
        folder.resolve("completion.bash"), app.run("completion").success().out());
  }

  /** Another Quarkus application may live in the folder that bertctl is started in. */
  @Test
  void theConfigurationOfAnotherQuarkusApplicationIsNotRead() throws Exception {
    String settings = "quarkus.log.level=DEBUG\nquarkus.banner.enabled=true\nbroken=\\u00zz\n";
    Files.createDirectory(folder.resolve("config"));
    Files.writeString(folder.resolve("config/application.properties"), settings);
    Files.writeString(folder.resolve("application.properties"), settings);
    Files.writeString(folder.resolve(".env"), "QUARKUS_LOG_LEVEL=DEBUG\n");

    Result result = app.in(folder).with("QUARKUS_LOG_CONSOLE_LEVEL", "nonsense").run("list-tasks");

    assertEquals(app.run("list-tasks"), result);
    assertEquals("", result.err());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNoSuccess() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh", "-c", "exec \"$@\" list-tasks > /dev/full", "sh", app.command().get(0));
    builder.command().addAll(app.command().subList(1, app.command().size()));
    Process process = builder.start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor());
    assertEquals("bertctl: standard output cannot be written: No space left on device\n", err);
  }

  @Test
  void anInterruptEndsWith130AndNoStackTrace() throws Exception {
    PackagedApp sleeper = ReplacedPlugin.in(folder, "sleep()", "dev.bertctl.nli.NliPlugin");
    Process process = sleeper.start("list-tasks");
    InputStream err = process.getErrorStream();
    assertEquals("asleep\n", new String(err.readNBytes(7)));

    PackagedApp.interrupt(process);

    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(130, process.exitValue());
    assertEquals("", new String(err.readAllBytes()));
  }
}
