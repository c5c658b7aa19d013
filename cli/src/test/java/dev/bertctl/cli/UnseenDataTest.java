// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on a file that no configuration describes. */
class UnseenDataTest {

  @TempDir private Path folder;

  private Path data;
  private Path model;

  @BeforeEach
  void writeData() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    data = files.resolve("pairs.csv");
    StringBuilder rows = new StringBuilder("no,same,Left side,Right side\n");
    for (int i = 0; i < 40; i++) {
      rows.append("%d,%s,a %d b %d c,a %d b c\n".formatted(i, i % 2 == 0 ? "ja" : "nein", i, i, i));
    }
    Files.writeString(data, rows);
    model = WordModel.write(folder.resolve("tiny-bert"), files);
  }

  private InProcess.Outcome run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "paraphrase",
                "--set=model=" + model,
                "--set=labels=nein,ja",
                "--set=device=cpu",
                "--output=" + folder.resolve("runs")));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  @Test
  void itsColumnsAreFoundAndTheConfigurationIsKept() throws IOException {
    InProcess.Outcome first = run("--data=" + data, "--set=train.epochs=1");

    assertEquals(0, first.exitCode(), first.err());
    assertTrue(
        first
            .err()
            .contains(
                """
                columns     sentence1: 'Left side', the longest texts: 11 characters on average
                            sentence2: 'Right side', the longest texts: 8 characters on average
                            label: 'same', the fewest different values: 2
                """),
        first.err());
    assertTrue(first.err().contains("split: 4 more are split off for validation"), first.err());
    Path kept = folder.resolve("runs/paraphrase.yaml");
    String text = Files.readString(kept);
    assertTrue(
        text.contains("    label: same # the fewest different values: 2\n")
            && text.contains("\nmax-length: 16 # 99 of 100 texts have at most ")
            && text.contains("  epochs: 1 # as given\n"),
        text);

    String metrics = Files.readString(folder.resolve("runs/paraphrase/metrics.json"));
    InProcess.Outcome again = InProcess.run("run", "paraphrase", "--config=" + kept, "--overwrite");

    assertEquals(0, again.exitCode(), again.err());
    assertFalse(again.err().contains("columns "), again.err());
    assertEquals(
        withoutSpeed(metrics),
        withoutSpeed(Files.readString(folder.resolve("runs/paraphrase/metrics.json"))));
  }

  private static String withoutSpeed(String metrics) {
    return metrics.replaceAll("\"examples_per_second\"[^,}]*", "");
  }

  @Test
  void aConfigurationThatWasChangedByHandStays() throws IOException {
    Path kept = Files.createDirectories(folder.resolve("runs")).resolve("paraphrase.yaml");
    Files.writeString(kept, "# mine\n");

    InProcess.Outcome outcome = run("--data=" + data);

    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome
            .err()
            .endsWith(
                "%s is already there, and is not what these data and settings make; go on with it by `bertctl run paraphrase --config %s`, or replace it with --overwrite\n"
                    .formatted(kept, kept)),
        outcome.err());
    assertEquals("# mine\n", Files.readString(kept));
  }

  @Test
  void aTaskThatIsNotTrainedHasNothingToBeginWith() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "a 1\nb 2\n");

    InProcess.Outcome outcome =
        InProcess.run("init", "embeddings", "--output=-", "--data=" + texts);

    assertEquals(1, outcome.exitCode(), outcome.out());
    assertTrue(outcome.err().contains("'embeddings'"), outcome.err());
    assertTrue(outcome.err().contains("predict"), outcome.err());
  }

  @Test
  void eitherAConfigurationOrDataAreNeeded() {
    InProcess.Outcome neither = InProcess.run("run", "paraphrase");

    assertEquals(2, neither.exitCode());
    assertTrue(
        neither
            .err()
            .startsWith(
                "bertctl: missing --config=FILE, or --data=FILE to make a configuration of data\n"),
        neither.err());
    assertEquals(2, InProcess.run("run", "paraphrase", "--config=a", "--data=b").exitCode());
  }
}
