// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code run --on spark} tells a {@code spark-submit} that only writes down its arguments. */
class RunOnSparkTest {

  private static final String JARS = "bertctl.spark";

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    Path model = TinyBert.write(folder.resolve("tiny"), 0);
    Files.writeString(
        folder.resolve("pairs.jsonl"),
        "{\"premise\": \"the cat sees a dog\", \"hypothesis\": \"a dog\", \"label\": \"entailment\"}\n"
            .repeat(8));
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        model: %s
        max-length: 16
        device: cpu
        train:
          epochs: 1
        tasks:
          nli:
            data:
              train: pairs.jsonl
        output: runs
        """
            .formatted(model));
    Path submit = folder.resolve("bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(
        submit, "#!/bin/sh\nprintf '%%s\\n' \"$@\" > '%s'\n".formatted(folder.resolve("told")));
    assertTrue(submit.toFile().setExecutable(true));
    Files.createFile(folder.resolve("bertctl-spark-1.jar"));
    System.setProperty(JARS, folder.toString());
  }

  @AfterAll
  static void forget() {
    System.clearProperty(JARS);
  }

  private static InProcess.Outcome run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run", "nli", "--config", folder.resolve("app.yaml").toString(), "--overwrite"));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  /** The program ends without a word: that is an error, and not a run in this process. */
  @Test
  void theJobIsStartedAndItsEndNoticed() throws IOException {
    InProcess.Outcome outcome =
        run(
            "--on=spark",
            "--processes=3",
            "--process-timeout=7",
            "--spark-home=" + folder,
            "--master=yarn",
            "--spark-conf=spark.executor.cores=2");
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome
            .err()
            .contains("the program that trains in other processes has ended; its messages say why"),
        outcome.err());
    List<String> told = Files.readAllLines(folder.resolve("told"));
    assertEquals("dev.bertctl.spark.TrainJob", told.get(told.indexOf("--class") + 1));
    assertEquals("yarn", told.get(told.indexOf("--master") + 1));
    assertTrue(told.contains("spark.executor.cores=2"), told::toString);
    assertEquals(
        List.of("processes=3", "device=cpu", "timeout=7"),
        told.subList(told.indexOf(folder + "/bertctl-spark-1.jar") + 1, told.size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--on=spark | --on spark needs --processes N, its executors",
        "--processes=2 | --master, --spark-home, --spark-conf and --processes need --on spark",
        "--master=yarn | --master, --spark-home, --spark-conf and --processes need --on spark",
        "--on=spark --processes=0 | --processes and --process-timeout need numbers from 1",
        "--on=spark --processes=2 --seeds=2 | --seeds is not for --on spark"
      })
  void optionsThatDoNotGoTogetherAreRefused(String options, String message) {
    InProcess.Outcome outcome = run(options.split(" "));
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(message), outcome.err());
  }
}
