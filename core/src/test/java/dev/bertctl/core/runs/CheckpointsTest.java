// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that stop in the midst of an epoch: of 18 steps in three epochs, with dropout, batches in
 * parts, an evaluation every 4 steps and a checkpoint every 3.
 */
class CheckpointsTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0.1)
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 12, 3)
            .set("train.micro-batch-size", 3)
            .set("train.evaluate-every", "4 steps")
            .set("train.checkpoint-every", "3 steps");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 12, 13, 18})
  void whateverStepItIsKilledAtTheRestIsTheSame(int step) throws IOException {
    final Outcome whole = whole();
    run.set("output", folder.resolve("killed"));
    assertThrows(Killed.class, () -> run.run(RunMode.NEW, new KilledAt(step)));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    String resumed = "resuming after step " + (step - 1) / 3 * 3;
    assertTrue(listener.notices().contains(resumed), listener.notices()::toString);
    assertSame(whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 18})
  void whoInterruptsItLosesNoStep(int step) throws IOException {
    final Outcome whole = whole();
    run.set("output", folder.resolve("interrupted"));
    Interruption interruption = new Interruption();
    InterruptedRunException e =
        assertThrows(
            InterruptedRunException.class,
            () ->
                run.run(
                    RunMode.NEW,
                    new AtStep(step, () -> assertTrue(interruption.request())),
                    interruption));
    assertEquals("interrupted after step %d; a checkpoint is kept".formatted(step), e.getMessage());
    assertEquals(Optional.of(new GoOn()), e.remedy());
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    assertTrue(
        listener.notices().contains("resuming after step " + step), listener.notices()::toString);
    assertSame(whole);
  }

  @Test
  void anEvaluationThatIsInterruptedIsMadeUpFor() throws IOException {
    final Outcome whole = whole();
    run.set("output", folder.resolve("interrupted"));
    Interruption interruption = new Interruption();
    TinyRun.Listener evaluating =
        new TinyRun.Listener() {
          @Override
          public void begin(String title, Counted counted, long total) {
            super.begin(title, counted, total);
            if (title.equals("evaluating step 8 (epoch 1.33)")) {
              interruption.request();
            }
          }
        };
    assertThrows(
        InterruptedRunException.class, () -> run.run(RunMode.NEW, evaluating, interruption));
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertSame(whole);
  }

  @Test
  void beforeTheTrainingAnInterruptionNeedsNoCheckpoint() {
    assertFalse(new Interruption().request());
  }

  @Test
  void theLastOnesAreKeptAndOfADamagedOneTheOneBeforeItCounts() throws IOException {
    final Outcome whole = whole();
    run.set("output", folder.resolve("damaged")).set("train.keep-checkpoints", 3);
    assertThrows(Killed.class, () -> run.run(RunMode.NEW, new KilledAt(14)));
    Path unfinished = run.workplace().resolve("unfinished");
    assertEquals(List.of("checkpoint-12", "checkpoint-6", "checkpoint-9"), checkpoints(unfinished));

    damage(unfinished.resolve("checkpoint-12/variables.safetensors"));
    truncate(unfinished.resolve("checkpoint-9/state.json"));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);
    List<String> notices = listener.notices();
    assertTrue(
        notices.get(0).startsWith(unfinished + "/checkpoint-12/variables.safetensors: is not what")
            && notices.get(0).endsWith("; going back to the checkpoint before it"),
        notices::toString);
    assertTrue(
        notices.get(1).startsWith(unfinished + "/checkpoint-9/state.json"), notices::toString);
    assertEquals("resuming after step 6", notices.get(2));
    assertSame(whole);
  }

  @Test
  void withoutASoundOneTheNewestIsToldByName() throws IOException {
    assertThrows(Killed.class, () -> run.run(RunMode.NEW, new KilledAt(8)));
    Path unfinished = run.workplace().resolve("unfinished");
    damage(unfinished.resolve("checkpoint-3/variables.safetensors"));
    damage(unfinished.resolve("checkpoint-6/variables.safetensors"));
    UserException e =
        assertThrows(UserException.class, () -> run.run(RunMode.RESUME, new TinyRun.Listener()));
    assertTrue(
        e.getMessage().startsWith(unfinished + "/checkpoint-6/variables.safetensors: "),
        e.getMessage());
    assertEquals(Optional.of(new StartOver()), e.remedy());
    assertEquals(List.of("checkpoint-3", "checkpoint-6"), checkpoints(unfinished));
  }

  @Test
  void howOftenTheyAreKeptIsNoMatterOfTheResult() throws IOException {
    final Outcome whole = whole();
    run.set("output", folder.resolve("other"));
    assertThrows(Killed.class, () -> run.run(RunMode.NEW, new KilledAt(8)));
    run.set("train.checkpoint-every", "1 epoch")
        .set("train.keep-checkpoints", 1)
        .run(RunMode.RESUME, new TinyRun.Listener());
    assertSame(whole);
  }

  private Outcome whole() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    return outcome();
  }

  private Outcome outcome() throws IOException {
    return new Outcome(Files.readAllBytes(run.weights()), run.json("metrics.json"), run.history());
  }

  private void assertSame(Outcome whole) throws IOException {
    Outcome now = outcome();
    assertEquals(whole.metrics(), now.metrics());
    assertEquals(whole.history(), now.history());
    assertArrayEquals(whole.weights(), now.weights());
    assertFalse(Files.exists(run.workplace()));
  }

  private static List<String> checkpoints(Path unfinished) throws IOException {
    try (Stream<Path> files = Files.list(unfinished)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("checkpoint"))
          .sorted()
          .toList();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  private static void truncate(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
  }

  private record Outcome(byte[] weights, JsonNode metrics, List<JsonNode> history) {}

  /** Does something while a step is made, and so before what is done after it. */
  private static class AtStep extends TinyRun.Listener {

    private final int step;
    private final Runnable action;
    private int made;

    AtStep(int step, Runnable action) {
      this.step = step;
      this.action = action;
    }

    @Override
    public void advance(long done, String detail) {
      if (detail.startsWith("loss") && ++made == step) {
        action.run();
      }
    }
  }

  /** Kills a run after a step, before anything is made of it. */
  private static final class KilledAt extends AtStep {
    KilledAt(int step) {
      super(
          step,
          () -> {
            throw new Killed();
          });
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
