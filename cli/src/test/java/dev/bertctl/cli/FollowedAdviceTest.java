// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.Scoring;
import dev.bertctl.spi.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does what messages about labels and columns advise, as a user would, and looks at the scores. */
class FollowedAdviceTest {

  private static final Pattern SETTING = Pattern.compile("[a-z][a-z.-]*(\\.\\w+)?=[^ ;]*[^ ;,]");

  @TempDir private Path folder;

  /** Of three positive pairs two are found, and nothing else: precision 1, recall 2/3. */
  @ParameterizedTest
  @CsvSource({"True,False", "true,false", "yes,no", "1.0,0.0", "Y,N", "positive,negative"})
  void theLabelThatSaysYesIsThePositiveOne(String yes, String no) throws IOException {
    for (boolean yesFirst : List.of(true, false)) {
      List<String> gold = yesFirst ? List.of(yes, no, yes, yes) : List.of(no, yes, yes, yes);
      List<String> predicted = yesFirst ? List.of(yes, no, yes, no) : List.of(no, yes, no, yes);
      Followed followed = followed("paraphrase", pairs(gold), predictions(predicted), "");
      assertEquals(1, followed.advice.size(), followed.advice::toString);
      assertEquals(1.0, followed.score("precision"));
      assertEquals(2.0 / 3, followed.score("recall"), 1e-12);
    }
  }

  /** The user has to say which label is meant, and says it for gold data and predictions. */
  @Test
  void anotherSpellingIsDeclaredOnce() throws IOException {
    Followed followed =
        followed(
            "nli",
            rows("premise,hypothesis,label", List.of("contradictory", "neutral", "Entailment")),
            predictions(List.of("contradictory", "entailment", "Entailment")),
            "contradiction");
    assertEquals(
        List.of(
            "label-synonyms.contradiction=contradictory", "label-synonyms.entailment=Entailment"),
        followed.advice);
    assertEquals(2.0 / 3, followed.score("accuracy"), 1e-12);
  }

  @Test
  void anotherNameOfAColumnIsMapped() throws IOException {
    Followed followed =
        followed(
            "nli",
            rows("text_one,hypothesis,label", List.of("neutral", "entailment")),
            predictions(List.of("neutral", "neutral")),
            "text_one");
    assertEquals(List.of("data.columns.premise=text_one"), followed.advice);
    assertEquals(0.5, followed.score("accuracy"));
  }

  private Path pairs(List<String> labels) throws IOException {
    return rows("sentence1,sentence2,label", labels);
  }

  private Path rows(String header, List<String> labels) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    labels.forEach(label -> lines.add("a,b," + label));
    return Files.write(folder.resolve("gold.csv"), lines);
  }

  private Path predictions(List<String> labels) throws IOException {
    List<String> lines = new ArrayList<>(List.of("predicted"));
    lines.addAll(labels);
    return Files.write(folder.resolve("predictions.csv"), lines);
  }

  /**
   * What was advised, and what it led to.
   *
   * @param advice settings, in order
   */
  private record Followed(List<String> advice, Scoring.Report report) {
    double score(String name) {
      return report.scores().values().get(name);
    }
  }

  /**
   * Scores, and does what the messages say until there are no more of them.
   *
   * @param meant what only the user knows
   */
  private Followed followed(String task, Path gold, Path predictions, String meant) {
    List<String> advice = new ArrayList<>();
    while (true) {
      try {
        return new Followed(advice, score(task, gold, predictions, advice));
      } catch (DataException e) {
        assertTrue(advice.size() < 3, () -> "it does not end: " + advice + " " + e.getMessage());
        advice.add(setting(e.getMessage(), meant));
      }
    }
  }

  private static String setting(String message, String meant) {
    int name = message.indexOf("Name it with data.columns.");
    if (name >= 0) {
      return message.substring(message.indexOf("data.columns.", name)) + "=" + meant;
    }
    Matcher setting = SETTING.matcher(message);
    assertTrue(setting.find(), message);
    return setting.group().replace(".LABEL=", "." + meant + "=");
  }

  private static Scoring.Report score(
      String task, Path gold, Path predictions, List<String> settings) {
    List<Assignment> assignments =
        settings.stream()
            .map(text -> text.split("=", 2))
            .map(parts -> new Assignment(parts[0], parts[1], "--set " + parts[0]))
            .toList();
    TaskConfig<?> config =
        AppConfig.of(Map.of("model", "none"), "a test", BuiltInTasks.plugin(task), assignments);
    FileSettings files = FileSettings.of(config.settings());
    return new Scoring(config, RunListener.SILENT)
        .run(
            DataFiles.open(List.of(gold), Optional.empty(), Optional.empty(), files),
            DataFiles.openPredictions(predictions, Optional.empty(), Optional.empty(), files));
  }

  /** The setting is refused where it cannot be what is meant. */
  @Test
  void synonymsAreOfTheTasksLabels() {
    assertRefused(
        "--set label-synonyms.maybe: label-synonyms.maybe: the task has no label 'maybe'; its"
            + " labels, in order: not_equivalent, equivalent",
        "label-synonyms.maybe=yes");
    assertRefused(
        "--set label-synonyms.equivalent: label-synonyms.equivalent: 'not_equivalent' is a label of"
            + " the task itself",
        "label-synonyms.equivalent=not_equivalent");
    assertRefused(
        "--set label-synonyms.not_equivalent: label-synonyms.not_equivalent: 'x' is already another"
            + " spelling of 'equivalent'",
        "label-synonyms.equivalent=x",
        "label-synonyms.not_equivalent=y,x");
  }

  private void assertRefused(String expected, String... settings) {
    RuntimeException e =
        assertThrows(
            RuntimeException.class,
            () ->
                score(
                    "paraphrase",
                    pairs(List.of("1")),
                    predictions(List.of("1")),
                    List.of(settings)));
    assertEquals(expected, e.getMessage());
  }
}
