// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static dev.bertctl.classification.Reading.row;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class TextClassificationPluginContractTest {

  private abstract static class Contract extends TaskPluginContract<TextClassificationOptions> {

    private final Map<String, String> options;
    private final MemoryFile rows;
    private final String gold;

    Contract(Map<String, String> options, String gold, List<Map<String, Object>> rows) {
      this.options = options;
      this.gold = gold;
      this.rows = MemoryFile.rows(rows);
    }

    @Override
    protected TaskPlugin<TextClassificationOptions> plugin() {
      return new TextClassificationPlugin();
    }

    @Override
    protected Map<String, String> options() {
      return options;
    }

    @Override
    protected DataFile labelled() {
      return rows;
    }

    @Override
    protected DataFile unlabelled() {
      return rows.without(gold);
    }
  }

  @Nested
  class LabelsFound extends Contract {
    LabelsFound() {
      super(
          Map.of(),
          "category",
          List.of(
              row("text", "My card has not arrived, and a week is over 😀.", "category", "card"),
              row("text", "What is the rate?", "category", "rate"),
              row("text", "Top up failed.", "category", "top-up"),
              row("text", "Where is my card?", "category", "card")));
    }
  }

  @Nested
  class TwoLabelsTuned extends Contract {
    TwoLabelsTuned() {
      super(
          Map.of("tune-threshold", "true", "goal", "matthews-correlation"),
          "label",
          List.of(
              row("sentence", "A warm welcome and a very good meal 😀.", "label", 1L),
              row("sentence", "Cold soup.", "label", 0L),
              row("sentence", "Go there!", "label", 1L)));
    }
  }

  @Nested
  class Pairs extends Contract {
    Pairs() {
      super(
          Map.of("goal", "macro-f1"),
          "label",
          List.of(
              row(
                  "question", "When did the bridge open?",
                  "sentence", "It opened in 1894, after eight years.",
                  "label", "entailment"),
              row("question", "Who?", "sentence", "It rains.", "label", "not_entailment"),
              row("question", "Where?", "sentence", "In Bergen.", "label", "entailment")));
    }
  }

  @Nested
  class SeveralLabelsTuned extends Contract {
    SeveralLabelsTuned() {
      super(
          Map.of("multi-label", "true", "tune-threshold", "true"),
          "labels",
          List.of(
              row(
                  "text",
                  "I laughed until I cried, and then 😀.",
                  "labels",
                  List.of("joy", "grief")),
              row("text", "Nobody came.", "labels", List.of()),
              row("text", "What a day!", "labels", List.of("joy")),
              row("text", "Gone.", "labels", "grief")));
    }
  }
}
