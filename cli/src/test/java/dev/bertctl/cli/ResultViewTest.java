// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultViewTest {

  private static final Map<String, Object> TEST =
      Map.of("loss", 0.5, "metrics", Map.of("accuracy", 0.75));

  @Test
  void aRunShowsBothSplitsAndTheBestEpoch() {
    Map<String, Object> metrics =
        Map.of(
            "split",
            "validation",
            "loss",
            0.25,
            "metrics",
            Map.of("accuracy", 1.0),
            "details",
            Map.of(
                "labels", List.of("yes", "no"),
                "confusion_matrix", List.of(List.of(2, 0), List.of(1, 3))),
            "test",
            TEST,
            "best_epoch",
            2);

    assertEquals(
        """
        METRIC    VALIDATION
        loss      0.2500
        accuracy  1.0000

        GOLD \\ PREDICTED  yes  no
        yes               2    0
        no                1    3

        METRIC    TEST
        loss      0.5000
        accuracy  0.7500

        best epoch 2, saved in runs/nli
        """,
        printed(metrics));
  }

  @Test
  void withoutValidationDataNoEpochIsCalledTheBest() {
    assertEquals(
        """
        METRIC    TEST
        loss      0.5000
        accuracy  0.7500

        epoch 3, the last (no validation data to choose by), saved in runs/nli
        """,
        printed(Map.of("test", TEST, "best_epoch", 3)));
    assertEquals(
        "epoch 3, the last (no validation data to choose by), saved in runs/nli\n",
        printed(Map.of("best_epoch", 3)));
  }

  private static String printed(Map<String, Object> metrics) {
    StringWriter text = new StringWriter();
    ResultView.printRun(metrics, Path.of("runs/nli"), new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
