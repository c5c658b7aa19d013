// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static dev.bertctl.classification.Reading.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TextClassificationPluginTest {

  @Test
  void columnsByTheNamesThatUsualDataHave() {
    assertEquals(
        List.of("Good. = pos", "Bad. = neg"),
        Reading.shown(
            MemoryFile.rows(
                List.of(
                    row("review", "Good.", "sentiment", "pos"),
                    row("review", "Bad.", "sentiment", "neg")))));
    assertEquals(
        List.of("Hi = ham", "Win! = spam"),
        Reading.shown(
            MemoryFile.rows(
                List.of(
                    row("Category", "ham", "Message", "Hi"),
                    row("Category", "spam", "Message", "Win!")))));
  }

  /** QNLI has a question and a sentence, SST-2 a sentence only. */
  @Test
  void aSentenceIsTheSecondTextOnlyBesideAQuestion() {
    assertEquals(
        List.of("Who? | Ann came. = yes", "Who? | It rains. = no"),
        Reading.shown(
            MemoryFile.rows(
                List.of(
                    row("question", "Who?", "sentence", "Ann came.", "label", "yes"),
                    row("question", "Who?", "sentence", "It rains.", "label", "no")))));
  }

  @Test
  void ofAPairOnlyTheFirstIfTheUserSaysSo() {
    assertEquals(
        List.of("A = yes", "C = no"),
        Reading.shown(
            MemoryFile.rows(
                List.of(
                    row("title", "A", "content", "B", "label", "yes"),
                    row("title", "C", "content", "D", "label", "no"))),
            "text-pair",
            "false"));
  }

  @Test
  void numbersAreIndicesOfDeclaredLabels() {
    assertEquals(
        List.of("Good. = positive", "Bad. = negative"),
        Reading.shown(
            MemoryFile.rows(
                List.of(row("text", "Good.", "label", 1), row("text", "Bad.", "label", "0"))),
            "labels",
            "negative,positive"));
  }

  @Test
  void rowsThatAreNoExamplesAreLeftOutAndCounted() {
    MemoryFile rows =
        MemoryFile.rows(
            List.of(
                row("text", " ", "label", "a"),
                row("text", "x", "label", "-1"),
                row("text", "x", "label", "a"),
                row("text", "x", "label", "b")));
    Reading reading = new Reading();
    assertEquals(2, reading.read(Reading.task(rows), rows, Purpose.TRAINING).size());
    assertEquals(List.of("memory:1 empty text", "memory:2 no gold label"), reading.skipped);
  }

  @Test
  void predictionTakesEveryRow() {
    Task<?, ?> task = task("labels", "a,b");
    MemoryFile rows = MemoryFile.rows(List.of(row("text", ""), row("text", "x", "label", "?")));
    Reading reading = new Reading();
    assertEquals(2, reading.read(task, rows, Purpose.PREDICTION).size());
    assertEquals(List.of(), reading.skipped);
  }

  /** Lines of TREC, and fastText's. */
  @Test
  void linesThatBeginWithLabels() {
    MemoryFile trec =
        MemoryFile.lines("DESC:manner How did serfdom develop ?", "", "HUM:ind Who was Galileo ?");
    assertEquals(
        List.of("How did serfdom develop ? = DESC", "Who was Galileo ? = HUM"),
        Reading.shown(trec, "line-labels", "trec-coarse"));
    assertEquals(
        List.of("How did serfdom develop ? = DESC:manner", "Who was Galileo ? = HUM:ind"),
        Reading.shown(trec, "line-labels", "trec-fine"));
    assertEquals(
        List.of("Go there! = good", "Stay away. = bad"),
        Reading.shown(
            MemoryFile.lines("__label__good Go there!", "__label__bad  Stay away."),
            "line-labels",
            "fasttext"));
  }

  @Test
  void linesArePredictedWithLabelsOrWithout() {
    Task<?, ?> task = task("labels", "DESC,HUM", "line-labels", "trec-coarse");
    MemoryFile lines = MemoryFile.lines("HUM:ind Who was Galileo ?", "What is that ?");
    List<LabelledText> texts =
        new Reading()
            .read(task, lines, Purpose.PREDICTION).stream().map(LabelledText.class::cast).toList();
    assertEquals(
        List.of("Who was Galileo ?", "What is that ?"),
        texts.stream().map(LabelledText::first).toList());
    assertEquals(OptionalInt.empty(), texts.get(0).label());
  }

  @Test
  void linesWithoutLabelsCannotBeLearntFrom() {
    MemoryFile lines = MemoryFile.lines("HUM:ind Who was Galileo ?", "What is that ?");
    assertEquals(
        "memory:1: lines of text have no labels; say with line-labels where they have them (trec-coarse, trec-fine, fasttext, folder), or give a table",
        assertThrows(DataException.class, () -> Reading.task(lines)).getMessage());
    assertEquals(
        "memory:2: the line does not begin with a label, as in 'DESC:manner How did it begin?'; correct it",
        assertThrows(DataException.class, () -> Reading.task(lines, "line-labels", "trec-fine"))
            .getMessage());
  }

  @Test
  void labelsMustBeKnown() {
    failure(
        "labels",
        "must be given where there is no training data to find them in, in the order of the logits");
  }

  @Test
  void goalsFitTheTask() {
    failure(
        "goal",
        "there is no micro-f1 with one label a text; there are: accuracy, macro-f1, weighted-f1, f1, matthews-correlation",
        "labels",
        "a,b",
        "goal",
        "micro-f1");
    failure(
        "goal",
        "there is no accuracy with multi-label; there are: micro-f1, macro-f1, weighted-f1, samples-f1, subset-accuracy",
        "labels",
        "a,b",
        "multi-label",
        "true",
        "goal",
        "accuracy");
    failure(
        "goal",
        "f1 is of two labels, and there are 3; take accuracy, macro-f1 or weighted-f1",
        "labels",
        "a,b,c",
        "goal",
        "f1");
  }

  @Test
  void thresholdsFitTheLabels() {
    String leave =
        "of 3 labels the most probable is predicted, and no threshold decides; leave it out";
    failure("threshold", leave, "labels", "a,b,c", "threshold", "0.4");
    failure("tune-threshold", leave, "labels", "a,b,c", "tune-threshold", "true");
    failure(
        "threshold",
        "has 2 values; give one, for the positive label",
        "labels",
        "a,b",
        "threshold",
        "0.4,0.5");
    failure("threshold", "must be from 0 to 1, is 1.5", "labels", "a,b", "threshold", "1.5");
    failure(
        "threshold",
        "has 2 values for 3 labels; give one for all, or one for each",
        "labels",
        "a,b,c",
        "multi-label",
        "true",
        "threshold",
        "0.4,0.5");
    failure(
        "threshold",
        "must be from 0 to 1, is -0.5",
        "labels",
        "a,b,c",
        "multi-label",
        "true",
        "threshold",
        "-0.5");
  }

  @Test
  void tunedOnlyIfAskedFor() {
    assertTrue(task("labels", "a,b").tuner().isEmpty());
    assertTrue(task("labels", "a,b", "tune-threshold", "true").tuner().isPresent());
  }

  private static Task<?, ?> task(String... options) {
    return new TextClassificationPlugin()
        .create(Options.of(TextClassificationOptions.class, options));
  }

  private static void failure(String option, String message, String... options) {
    OptionException failure = assertThrows(OptionException.class, () -> task(options));
    assertEquals(option, failure.option());
    assertEquals(message, failure.getMessage());
  }
}
