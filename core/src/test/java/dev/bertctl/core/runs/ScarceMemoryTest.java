// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.GreedyHead;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that have less memory from some step on: of 18 steps of 4 rows in three epochs, with
 * dropout, an evaluation every 4 steps and a checkpoint every 6.
 */
class ScarceMemoryTest {

  @TempDir Path folder;
  private GreedyHead head;
  private TinyRun run;

  @BeforeEach
  void data() {
    head = GreedyHead.in(folder, List.of("no", "yes"));
    run =
        new TinyRun(folder, 0.1)
            .task(new TinyTask(this::greedy))
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 12, 3)
            .set("train.evaluate-every", "4 steps")
            .set("train.checkpoint-every", "6 steps");
  }

  private Task<LabelledText, Classification> greedy(Labels labels) {
    Task<LabelledText, Classification> stock = TinyTask.classification(labels);
    return Task.of(
            TinyTask.reader(labels),
            new TextPacking(Truncation.LONGEST_FIRST),
            head,
            (LabelledText example, ModelOutput output) ->
                Classification.of(labels, output.logits()))
        .scoredBy(
            stock.scoring().orElseThrow().metric(), stock.scoring().orElseThrow().predictions());
  }

  @Test
  void beforeTheFirstCheckpointItBeginsAgainInMoreParts() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final Outcome whole = outcome();
    run.set("output", folder.resolve("parts")).set("train.micro-batch-size", 2).run();
    final Outcome parts = outcome();
    run.set("output", folder.resolve("scarce")).set("train.micro-batch-size", 4);
    LeavingRoom scarce = new LeavingRoom(5, 2);
    run.run(RunMode.NEW, scarce);
    assertEquals(
        List.of(
            "not enough memory for a batch: going back to the beginning, with batches in 2 parts and the same update"),
        scarce.notices());
    assertSame(parts);
    // Of 18 steps, five evaluations and the test split.
    assertEquals(24, parts.history().size());
    assertEquals(1, eventFiles());
    // The parts have dropout masks of their own, by which the runs can be told apart.
    assertTrue(!whole.history().equals(parts.history()), whole.history()::toString);
  }

  @Test
  void afterACheckpointItGoesBackToItInMoreParts() throws IOException {
    LeavingRoom killed =
        new LeavingRoom(9, 2) {
          @Override
          public void advance(long done, String detail) {
            super.advance(done, detail);
            if (steps() == 9) {
              throw new Killed();
            }
          }
        };
    assertThrows(Killed.class, () -> run.run(RunMode.NEW, killed));
    TinyRun.Listener resuming = new TinyRun.Listener();
    run.run(RunMode.RESUME, resuming);
    assertEquals(
        List.of(
            "resuming after step 6",
            "not enough memory for a batch at once: each is computed in 2 parts, with the same update"),
        resuming.notices());
    final Outcome resumed = outcome();

    head.leaveRoom(GreedyHead.PLENTY);
    run.set("output", folder.resolve("scarce"));
    LeavingRoom scarce = new LeavingRoom(9, 2);
    run.run(RunMode.NEW, scarce);
    assertEquals(
        List.of(
            "not enough memory for a batch: going back to the last checkpoint, with batches in 2 parts and the same update",
            "resuming after step 6"),
        scarce.notices());
    assertSame(resumed);
    assertEquals(24, resumed.history().size());
    assertEquals(1, eventFiles());
  }

  @Test
  void aRowThatDoesNotFitEndsItAndTheCheckpointStays() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final Outcome whole = outcome();
    run.set("output", folder.resolve("scarce"));
    LeavingRoom scarce = new LeavingRoom(9, 0);
    OutOfDeviceMemoryException e =
        assertThrows(OutOfDeviceMemoryException.class, () -> run.run(RunMode.NEW, scarce));
    assertTrue(
        e.getMessage().startsWith("TensorFlow has not enough memory for a batch of one (OOM when ")
            && e.getMessage()
                .endsWith(
                    "); make max-length smaller, take a smaller model, or set train.gradient-checkpointing: true"),
        e.getMessage());
    assertEquals(
        List.of(
            "not enough memory for a batch: going back to the last checkpoint, with batches in 2 parts and the same update",
            "resuming after step 6",
            "not enough memory for a batch at once: each is computed in 4 parts, with the same update"),
        scarce.notices());
    head.leaveRoom(GreedyHead.PLENTY);
    run.run(RunMode.RESUME, new TinyRun.Listener());
    assertSame(whole);
  }

  private Outcome outcome() throws IOException {
    return new Outcome(Files.readAllBytes(run.weights()), run.json("metrics.json"), run.history());
  }

  private void assertSame(Outcome expected) throws IOException {
    Outcome now = outcome();
    assertEquals(expected.metrics(), now.metrics());
    assertEquals(expected.history(), now.history());
    assertArrayEquals(expected.weights(), now.weights());
  }

  private long eventFiles() throws IOException {
    try (Stream<Path> files = Files.list(run.file("tensorboard"))) {
      return files.count();
    }
  }

  private record Outcome(byte[] weights, JsonNode metrics, List<JsonNode> history) {}

  /** Takes memory away after a step. */
  private class LeavingRoom extends TinyRun.Listener {

    private final int step;
    private final int rows;
    private int steps;

    /**
     * @param step after which it is taken
     * @param rows for which there is room then
     */
    LeavingRoom(int step, int rows) {
      this.step = step;
      this.rows = rows;
    }

    int steps() {
      return steps;
    }

    @Override
    public void advance(long done, String detail) {
      if (detail.startsWith("loss") && ++steps == step) {
        head.leaveRoom(rows);
      }
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
