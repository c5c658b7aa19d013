// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of docs/fake-news.md, from the csv to the submission, with a tiny model. */
class FakeNewsTest {

  private static final Path EXAMPLE = Path.of("../examples/fake-news").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void rowsThatTeachNothingAreLeftOutAndEachRowOfTheTestIsSubmitted() throws IOException {
    Path model = WordModel.write(folder.resolve("tiny-bert"), EXAMPLE);

    InProcess.Outcome run =
        InProcess.run(
            "run",
            "text-classification",
            "--config=" + EXAMPLE.resolve("app.yaml"),
            "--output=" + folder,
            "--set=model=" + model,
            "--set=device=cpu",
            "--set=train.epochs=1");

    assertEquals(0, run.exitCode(), run.err());
    List<String> leftOut =
        run.err()
            .lines()
            .filter(line -> line.contains("left out by data.where: "))
            .map(line -> line.strip().replaceAll("\\(first: .*:(\\d+)\\)", "$1"))
            .distinct()
            .toList();
    assertEquals(
        List.of(
            "left out by data.where: 1 where title2_zh is empty 30",
            "left out by data.where: 1 where title2_zh is 0 57",
            "left out by data.where: 1 where title1_zh is 0 67",
            "left out by data.where: 1 where title1_zh is empty 140",
            "left out by data.where: 1 where title2_zh has more than 30 characters 161"),
        leftOut);
    assertTrue(run.err().contains("majority: always saying 'unrelated' would have"), run.err());

    Path submission = folder.resolve("submission.csv");
    InProcess.Outcome predict =
        InProcess.run(
            "predict",
            folder.resolve("text-classification").toString(),
            "--input=" + EXAMPLE.resolve("test.csv"),
            "--output=" + submission,
            "--columns=Id=id,Category=predicted",
            "--set=device=cpu");

    assertEquals(0, predict.exitCode(), predict.err());
    List<String> lines = Files.readAllLines(submission);
    assertEquals("Id,Category", lines.get(0));
    assertEquals(41, lines.size());
    for (int i = 1; i < lines.size(); i++) {
      assertTrue(lines.get(i).matches(i + ",(agreed|disagreed|unrelated)"), lines.get(i));
    }
  }
}
