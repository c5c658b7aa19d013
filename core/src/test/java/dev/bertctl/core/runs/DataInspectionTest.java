// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.inspect.DataReport;
import dev.bertctl.runtime.options.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataInspectionTest {

  @TempDir Path folder;

  @Test
  void duplicatesOverlapsAndContradictionsAreLocated() {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows(
                "train",
                List.of(
                    "the cat,a dog,yes",
                    "a bird,a tree,no",
                    "the cat,a dog,yes",
                    "The Cat,a dog,no",
                    "a dog,the cat,no"))
            .rows("validation", List.of("a bird,a tree,yes", "a bird,the tree,no"));

    DataReport report = inspect(run);

    assertEquals(
        List.of(
            "2 duplicates in the split (train.csv:4 as train.csv:2, train.csv:5 as train.csv:2)",
            "1 inputs that have another label elsewhere in the split (train.csv:5 as train.csv:2)"),
        findings(report, 0));
    assertEquals(
        List.of(
            "1 inputs that are in train, too (validation.csv:2 as train.csv:3)",
            "1 inputs that have another label in train (validation.csv:2 as train.csv:3)"),
        findings(report, 1));
  }

  @Test
  void onlyTheFirstPlacesAreNamed() {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows("train", List.of("a,b,no", "a,b,no", "a,b,no", "a,b,no", "a,b,no", "b,a,yes"));

    assertEquals(
        List.of(
            "4 duplicates in the split (train.csv:3 as train.csv:2, train.csv:4 as train.csv:2,"
                + " train.csv:5 as train.csv:2, ...)"),
        findings(inspect(run), 0));
  }

  @Test
  void lengthsAreThoseBeforeCutting() {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows(
                "train",
                List.of("the cat,a dog,yes", "the cat the dog,a bird a tree,no", "the,a,no"))
            .set("max-length", 8);

    JsonNode lengths = TinyRun.tree(inspect(run).fields()).at("/splits/train/lengths");

    // [CLS] and two [SEP] beside 4, 8 and 2 words: 7, 11 and 5 tokens.
    assertEquals(7, lengths.get("p50").asInt());
    assertEquals(11, lengths.get("p90").asInt());
    assertEquals(11, lengths.get("max").asInt());
    assertEquals(1.0 / 3, lengths.get("cut_share").asDouble(), 1e-12);
  }

  @Test
  void labelsAreCountedAndWhatIsWrongWithThemSaid() {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows("train", List.of("the cat,a dog,no", "a bird,a tree,no"))
            .rows("validation", List.of("the dog,a dog,yes", "a boat,a tree,no"));

    DataReport report = inspect(run);

    assertEquals(Map.of("no", 2L, "yes", 0L), report.splits().get(0).labels().counts());
    assertEquals(Map.of("no", 0.5, "yes", 0.5), report.splits().get(1).labels().shares());
    assertEquals(
        List.of(
            "the only label in the training data is 'no', of 'no', 'yes'; there is nothing to tell"
                + " apart",
            "'yes' is the label of 1 in validation, and of none in the training data"),
        report.warnings());
  }

  @Test
  void textsThatLookBrokenAreFound() {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows(
                "train",
                List.of(
                    "the cat,a \u00C3\u00A9t\u00C3\u00A9,yes",
                    "a bir\uFFFD,a tree,no",
                    "the\u0007 cat,the \u00E2\u20AC\u02DCdog\u00E2\u20AC\u2122,yes",
                    "\u00C3ngel \u00E9t\u00E9,\u00C2me,no"));

    assertEquals(
        List.of(
            "2 texts that look like UTF-8 read in another encoding in 'second' (train.csv:2,"
                + " train.csv:4)",
            "1 replacement characters (U+FFFD) in 'first' (train.csv:3)",
            "1 control characters in 'first' (train.csv:4)"),
        findings(inspect(run), 0));
  }

  @Test
  void withoutTrainingDataThereIsNothingToLookThrough() {
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> inspect(new TinyRun(folder, 0).pairs("test", 3, 1)));

    assertEquals("a test: data.train: no file is given for this split; name one", e.getMessage());
  }

  private static DataReport inspect(TinyRun run) {
    return new DataInspection(run.config(), TinyRun.STORE).run();
  }

  private List<String> findings(DataReport report, int split) {
    return report.splits().get(split).findings().stream()
        .map(finding -> finding.toString().replace(folder + "/", ""))
        .toList();
  }
}
