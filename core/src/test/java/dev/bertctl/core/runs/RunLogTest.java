// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
  void aFileThatCannotBeWrittenIsNamed() {
    assertThrows(FileException.class, () -> new RunLog(folder, RunListener.SILENT, CLOCK));
  }
}
