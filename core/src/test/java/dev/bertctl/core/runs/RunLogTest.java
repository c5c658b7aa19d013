// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-28T12:30:05.250Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void eachLineHasItsTimeAndTheListenerHearsTheSame() throws IOException {
    Path file = folder.resolve("run.log");
    TinyRun.Listener listener = new TinyRun.Listener();
    EvaluationResult found =
        new EvaluationResult(
            4, 0.5, Map.of("loss", 0.5), Map.of("accuracy", 0.75), List.of(), Map.of());
    try (RunLog log = new RunLog(file, listener, CLOCK)) {
      log.begun(TinyTask.classifier());
      log.during("epoch 1 of 2", 4, progress -> null);
      log.evaluated(new RunListener.Evaluated("validation", 3, 1, true, found));
    }
    try (RunLog log = new RunLog(file, listener, CLOCK)) {
      log.notice("resuming after epoch 1\nand a second line");
      log.failed(new UserException("the disk is full"));
    }

    assertEquals(
        """
        2026-11-28T12:30:05Z task        tiny: A task for tests.
        2026-11-28T12:30:05Z epoch 1 of 2
        2026-11-28T12:30:05Z epoch 1: loss 0.5000, accuracy 0.7500 (best so far)
        2026-11-28T12:30:05Z resuming after epoch 1
        2026-11-28T12:30:05Z and a second line
        2026-11-28T12:30:05Z error: the disk is full
        """,
        Files.readString(file).replace(System.lineSeparator(), "\n"));
    assertEquals("epoch 1 of 2", listener.title());
    assertEquals(1, listener.evaluations().size());
    assertEquals(List.of("resuming after epoch 1\nand a second line"), listener.notices());
  }

  @Test
  void anEpochIsToldOnceThoughItGoesOnAfterEachEvaluation() throws IOException {
    Path file = folder.resolve("run.log");
    try (RunLog log = new RunLog(file, RunListener.SILENT, CLOCK)) {
      log.begin("epoch 1 of 2", RunListener.Counted.EXAMPLES, 4);
      log.during("evaluating step 1 (epoch 0.50)", 4, progress -> null);
      log.begin("epoch 1 of 2", RunListener.Counted.EXAMPLES, 4);
      log.during("evaluating epoch 1", 4, progress -> null);
      log.begin("epoch 2 of 2", RunListener.Counted.EXAMPLES, 4);
    }
    assertEquals(
        List.of(
            "epoch 1 of 2", "evaluating step 1 (epoch 0.50)", "evaluating epoch 1", "epoch 2 of 2"),
        Files.readAllLines(file).stream().map(line -> line.split(" ", 2)[1]).toList());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatMadeARunFailIsToldThoughTheLogHasNoRoomForIt() {
    Path full = Path.of("/dev/full");
    UserException first = new UserException("the first error");
    try (RunLog log = new RunLog(full, RunListener.SILENT, CLOCK)) {
      log.failed(first);
    }
    assertEquals(1, first.getSuppressed().length);
    assertTrue(
        first.getSuppressed()[0].getMessage().contains(full.toString()),
        first.getSuppressed()[0]::getMessage);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    assertThrows(FileException.class, () -> new RunLog(folder, RunListener.SILENT, CLOCK));
  }
}
