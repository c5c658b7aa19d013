// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.comparison.Gold;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.data.Skips;
import dev.bertctl.core.data.Split;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose validation data are split off the training data: {@code data.split}. */
class DividedDataTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run = new TinyRun(folder, 0.1).pairs("train", 40, 1).set("data.split", 0.25);
  }

  @Test
  void theOpeningTellsBothSizesAndTheModelIsValidatedOnWhatItDidNotSee() throws IOException {
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.NEW, listener);

    assertEquals(
        List.of("train", "validation"),
        listener.splits().stream().map(SplitSummary::name).toList());
    SplitSummary training = listener.splits().get(0);
    SplitSummary validation = listener.splits().get(1);
    long validated = validation.counts().examples();
    assertTrue(validated >= 8 && validated <= 12, validated + " of 40");
    assertEquals(40 - validated, training.counts().examples());
    assertEquals(
        "            split: %d more are split off for validation".formatted(validated),
        RunText.lines(training).get(1));
    assertEquals(
        "            split: %d more are left for training".formatted(40 - validated),
        RunText.lines(validation).get(1));
    assertEquals(validated, Files.readAllLines(run.file("predictions.jsonl")).size());
    assertEquals(
        validated,
        new DataInspection(run.config(), TinyRun.STORE).run().splits().get(1).counts().examples());
    SplitSummary packed =
        new PackingPreview(run.config(), TinyRun.STORE)
            .run(SplitName.VALIDATION, 1, (view, example, features) -> {});
    assertEquals(validated, packed.counts().examples());
  }

  /** A run that goes on, and runs with other seeds, have the same rows. */
  @Test
  void theSameRowsAreValidatedOnInEveryRun() throws IOException {
    run.run();
    List<Integer> lines = lines();
    final byte[] weights = Files.readAllBytes(run.weights());

    TinyRun.Listener stop =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 2 of 3") && done > 8) {
              throw new IllegalStateException("stop");
            }
          }
        };
    run.set("output", folder.resolve("resumed"));
    assertThrows(IllegalStateException.class, () -> run.run(RunMode.NEW, stop));
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertEquals(lines, lines());
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));

    run.set("train.seed", 7).run();
    assertEquals(lines, lines());
  }

  /** Runs are compared on the rows that they were validated on. */
  @Test
  void theGoldDataOfARunAreItsRows() {
    run.run();
    FineTunedModel model = FineTunedModel.open(run.results());
    Gold gold = Gold.validationOf(model.configWithData(run.plugin(), List.of()));
    List<LabelledText> examples =
        new Split<>(
                "gold",
                gold.file(),
                LabelledTextReader.pairs(
                    Column.named("first"),
                    Column.named("second"),
                    Column.named("label"),
                    new Labels(List.of("no", "yes"))),
                Purpose.EVALUATION,
                gold.selection())
            .readAll(new Skips());
    assertEquals(
        TinyRun.read(run.file("predictions.jsonl")).stream()
            .map(line -> line.get("first").asText())
            .toList(),
        examples.stream().map(LabelledText::first).toList());
  }

  /** What is validated on is read anew for each evaluation, from the files of the training data. */
  @Test
  void aFileThatChangesUnderARunIsNoticed() {
    TinyRun.Listener change =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 2 of 3") && done > 8) {
              run.pairs("train", 40, 2);
            }
          }
        };
    UserException e = assertThrows(UserException.class, () -> run.run(RunMode.NEW, change));
    assertTrue(
        e.getMessage()
            .startsWith(
                folder.resolve("train.csv")
                    + ": has changed since the run began; restore what it had"),
        e.getMessage());
  }

  @Test
  void aCheckpointOfAnotherDivisionIsRefused() {
    TinyRun.Listener stop =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 2 of 3") && done > 8) {
              throw new IllegalStateException("stop");
            }
          }
        };
    assertThrows(IllegalStateException.class, () -> run.run(RunMode.NEW, stop));
    run.set("data.split-seed", 7);
    UserException e =
        assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    assertTrue(e.getMessage().contains("these keys differ: data.split-seed"), e.getMessage());
  }

  private List<Integer> lines() {
    return TinyRun.read(run.file("predictions.jsonl")).stream()
        .map(line -> (line.get("first").asText() + line.get("second").asText()).hashCode())
        .toList();
  }
}
