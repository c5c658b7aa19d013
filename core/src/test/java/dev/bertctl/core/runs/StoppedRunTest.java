// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that files or users stop between two steps: of 18 steps in three epochs, with an evaluation
 * every 4 steps, in four batches, and a checkpoint every 3.
 */
class StoppedRunTest {

  @TempDir static Path folder;
  private static byte[] weights;
  private static JsonNode metrics;

  @TempDir Path output;
  private TinyRun run;
  private Path validation;

  @BeforeAll
  static void wholeRun() throws IOException {
    TinyRun whole = newRun();
    whole.run();
    weights = Files.readAllBytes(whole.weights());
    metrics = whole.json("metrics.json");
  }

  /** With the data as they were before any test. */
  private static TinyRun newRun() {
    return new TinyRun(folder, 0.1)
        .pairs("train", 24, 1)
        .pairs("validation", 12, 2)
        .set("calibrate", "temperature")
        .set("train.evaluation-batch-size", 3)
        .set("train.evaluate-every", "4 steps")
        .set("train.checkpoint-every", "3 steps");
  }

  @BeforeEach
  void anotherRun() {
    run = newRun().set("output", output);
    validation = folder.resolve("validation.csv");
  }

  @Test
  void anEvaluationIsLeftAfterTheBatchUnderWay() throws IOException {
    assertLeftAfterOneBatch("evaluating step 8 (epoch 1.33)", 8);
  }

  @Test
  void calibratingIsLeftAfterTheBatchUnderWay() throws IOException {
    assertLeftAfterOneBatch("calibrating", 18);
  }

  private void assertLeftAfterOneBatch(String title, long step) throws IOException {
    Interruption interruption = new Interruption();
    During asking = new During(title, interruption::request);
    InterruptedRunException e =
        assertThrows(
            InterruptedRunException.class, () -> run.run(RunMode.NEW, asking, interruption));
    assertEquals("interrupted after step %d; a checkpoint is kept".formatted(step), e.getMessage());
    assertEquals(1, asking.advances);
    goesOnAfter(step);
  }

  @Test
  void validationDataThatChangeStopItUntilTheyAreRestored() throws IOException {
    final byte[] rows = Files.readAllBytes(validation);
    UserException e =
        assertThrows(
            UserException.class,
            () -> run.run(RunMode.NEW, new During("epoch 2 of 3", this::changeValidation)));
    assertEquals(
        validation + ": has changed since the run began; restore what it had", e.getMessage());
    assertEquals(Optional.of(new GoOnOncePutRight(6)), e.remedy());
    Files.write(validation, rows);
    goesOnAfter(6);
  }

  @Test
  void neitherCountsAnEvaluationInWhichTheyChange() throws IOException {
    final byte[] rows = Files.readAllBytes(validation);
    During evaluating = new During("evaluating step 8 (epoch 1.33)", this::changeValidation);
    UserException e = assertThrows(UserException.class, () -> run.run(RunMode.NEW, evaluating));
    assertEquals(
        validation + ": has changed since the run began; restore what it had", e.getMessage());
    assertEquals(1, evaluating.evaluations().size());
    Files.write(validation, rows);
    goesOnAfter(6);
  }

  @Test
  void dataThatAreGoneStopItUntilTheyAreBack() throws IOException {
    Path elsewhere = folder.resolve("elsewhere.csv");
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                run.run(
                    RunMode.NEW, new During("epoch 2 of 3", () -> move(validation, elsewhere))));
    assertTrue(e.getMessage().contains(validation.toString()), e.getMessage());
    assertEquals(Optional.of(new GoOnOncePutRight(6)), e.remedy());
    move(elsewhere, validation);
    goesOnAfter(6);
  }

  @Test
  void beforeTheFirstCheckpointThereIsNothingToGoOnWith() {
    run.set("train.evaluate-every", "2 steps");
    DataException e =
        assertThrows(
            DataException.class,
            () -> run.run(RunMode.NEW, new During("epoch 1 of 3", this::changeValidation)));
    assertEquals(
        validation + ": has changed since the run began; restore what it had", e.getMessage());
    assertFalse(Files.exists(run.workplace()));
  }

  @Test
  void aStateThatWasCutOffIsNothingToGoOnWith() throws IOException {
    Path checkpoint = stopAfterOneCheckpoint();
    Path state = checkpoint.resolve("state.json");
    Files.write(state, Arrays.copyOf(Files.readAllBytes(state), 100));
    UserException e = refused();
    assertEquals(
        state + ": is not what the unfinished run wrote (damaged or cut off)", e.getMessage());
    assertEquals(Optional.of(new StartOver()), e.remedy());
  }

  @Test
  void aCheckpointThatLacksAFileIsNothingToGoOnWith() throws IOException {
    Path variables = stopAfterOneCheckpoint().resolve("variables.safetensors");
    Files.delete(variables);
    UserException e = refused();
    assertTrue(e.getMessage().contains(variables.toString()), e.getMessage());
    assertEquals(Optional.of(new StartOver()), e.remedy());
  }

  private Path stopAfterOneCheckpoint() {
    run.set("train.checkpoint-every", "6 steps");
    assertThrows(
        UserException.class,
        () -> run.run(RunMode.NEW, new During("epoch 2 of 3", this::changeValidation)));
    return run.workplace().resolve("unfinished/checkpoint-6");
  }

  private UserException refused() {
    return assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
  }

  private void changeValidation() {
    try {
      Files.writeString(validation, Files.readString(validation).replaceFirst("yes", "no"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void goesOnAfter(long step) throws IOException {
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertEquals("resuming after step " + step, listener.notices().get(0));
    assertEquals(metrics, run.json("metrics.json"));
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
  }

  /** Does something at the first progress of what has a title. */
  private static final class During extends TinyRun.Listener {

    private final String title;
    private final Runnable action;
    private int advances;

    During(String title, Runnable action) {
      this.title = title;
      this.action = action;
    }

    @Override
    public void advance(long done, String detail) {
      if (title().equals(title) && ++advances == 1) {
        action.run();
      }
    }
  }
}
