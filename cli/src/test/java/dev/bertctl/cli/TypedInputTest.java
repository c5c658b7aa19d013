// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicting for texts on the command line. */
class TypedInputTest {

  @TempDir private Path folder;

  private Path model;
  private Path passage;

  @BeforeEach
  void writeModel() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    passage = files.resolve("passage.txt");
    Files.writeString(passage, "Ann wrote the book.\nBob read it.\n");
    model = WordModel.write(folder.resolve("tiny-bert"), files);
  }

  private InProcess.Outcome predict(String task, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("predict", model.toString(), "--task=" + task, "--set=device=cpu"));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  @Test
  void eachTextIsARow() {
    InProcess.Outcome outcome = predict("embeddings", "Ann wrote", "Bob \"read\" it");

    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> rows = outcome.out().lines().toList();
    assertEquals(2, rows.size());
    assertTrue(rows.get(0).startsWith("{\"text\":\"Ann wrote\",\"embedding\":["), rows.get(0));
    assertTrue(
        rows.get(1).startsWith("{\"text\":\"Bob \\\"read\\\" it\",\"embedding\":["), rows.get(1));
  }

  @Test
  void textsThatMakeNoWholeRowAreRefused() {
    InProcess.Outcome outcome = predict("nli", "Ann wrote", "Ann read", "Bob");

    assertEquals(1, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .endsWith(
                "task 'nli' reads 2 texts in a row (premise, hypothesis), and there are 3 on the command line; give as many for each row\n"),
        outcome.err());
  }

  @Test
  void aTaskOfOtherDataTakesNone() {
    String err = predict("multiple-choice", "Ann").err();

    assertTrue(
        err.endsWith(
            "task 'multiple-choice' takes no texts on the command line; give rows with --input\n"),
        err);
  }

  @Test
  void questionsAreForTasksThatAnswer() {
    String err = predict("embeddings", "--question=Who?", "--context=" + passage).err();

    assertTrue(
        err.endsWith(
            "--context and --question are for tasks that look for answers, and 'embeddings' reads text\n"),
        err);
    String half = predict("qa", "--question=Who?").err();
    assertTrue(
        half.endsWith(
            "a passage and what is asked of it go together: give --context FILE and --question TEXT, and no other texts\n"),
        half);
  }

  @Test
  void textsOrAFileButNotBoth() {
    InProcess.Outcome outcome = predict("embeddings", "Ann", "--input=" + passage);

    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .startsWith("bertctl: texts on the command line, or --input FILE: give one of both\n"),
        outcome.err());
  }
}
