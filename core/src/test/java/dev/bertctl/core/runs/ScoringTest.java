// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.spi.data.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {

  @TempDir Path folder;

  @Test
  void predictionsAreJudgedAndWhatIsLeftOutIsSaid() throws IOException {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows(
                "test",
                List.of("the cat,a dog,yes", "a bird,a tree,no", "the boat,,no", "a,the,no"));
    Path predictions =
        Files.writeString(
            folder.resolve("predictions.jsonl"),
            """
            {"predicted": "yes"}
            {"predicted": "yes"}
            {"predicted": "no"}
            """);
    TinyRun.Listener listener = new TinyRun.Listener();
    Scoring.Report report =
        new Scoring(run.config(), listener)
            .run(
                DataFiles.open(
                    List.of(folder.resolve("test.csv")),
                    Optional.empty(),
                    Optional.empty(),
                    FileSettings.DEFAULT),
                predictions(predictions));

    assertEquals("tiny", report.task());
    assertEquals(3, report.examples());
    assertEquals("accuracy", report.primary());
    assertEquals(2.0 / 3, report.scores().values().get("accuracy"), 1e-9);
    assertEquals(
        List.of("task", "examples", "primary", "metrics", "details"),
        List.copyOf(report.fields().keySet()));
    assertEquals(
        List.of("left out: 1 empty text (first: " + folder.resolve("test.csv") + ":4)"),
        listener.notices());
  }

  private static DataFile predictions(Path file) {
    return DataFiles.openPredictions(
        file, Optional.empty(), Optional.empty(), FileSettings.DEFAULT);
  }
}
