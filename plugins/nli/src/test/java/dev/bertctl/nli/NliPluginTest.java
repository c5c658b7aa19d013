// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.nli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NliPluginTest {

  private static final List<String> LABELS = List.of("entailment", "neutral", "contradiction");

  private final List<String> skipped = new ArrayList<>();

  @Test
  void readsSnliAsDistributed() {
    List<LabelledText> examples =
        read(
            List.of(
                Map.of(
                    "sentence1", "A man sleeps.",
                    "sentence2", "A man is awake.",
                    "gold_label", "contradiction")));
    assertEquals("A man sleeps.", examples.get(0).first());
    assertEquals(Optional.of("A man is awake."), examples.get(0).second());
    assertEquals(OptionalInt.of(2), examples.get(0).label());
  }

  @Test
  void binaryParsesWithoutParentheses() {
    assertEquals("A man sleeps .", BinaryParse.text("( ( A man ) ( sleeps . ) )"));
    assertEquals("Yes", BinaryParse.text("Yes"));
  }

  @Test
  void labelsMayBeIndices() {
    assertEquals(OptionalInt.of(1), read(List.of(row("A", "B", "1"))).get(0).label());
    assertEquals(OptionalInt.of(0), read(List.of(row("A", "B", 0L))).get(0).label());
  }

  @Test
  void rowsWithoutGoldLabelOrTextAreLeftOutAndCounted() {
    List<LabelledText> examples =
        read(
            List.of(
                row("A", "B", "-"),
                row("A", "B", "-1"),
                row("A", "B", ""),
                row(" ", "B", "neutral"),
                row("A", "", "neutral"),
                row("A", "B", "neutral")));
    assertEquals(1, examples.size());
    assertEquals(6, examples.get(0).location().line());
    assertEquals(
        List.of(
            "memory:1 no gold label",
            "memory:2 no gold label",
            "memory:3 no gold label",
            "memory:4 empty text",
            "memory:5 empty text"),
        skipped);
  }

  @Test
  void predictionTakesEveryRow() {
    MemoryFile file = MemoryFile.rows(List.of(row("A", "", "-"), row("A", "B", "whatever")));
    List<LabelledText> examples =
        task(LABELS)
            .reader()
            .read(file, Purpose.PREDICTION, (location, reason) -> skipped.add(reason))
            .toList();
    assertEquals(2, examples.size());
    assertEquals(OptionalInt.empty(), examples.get(1).label());
    assertEquals(List.of(), skipped);
  }

  @Test
  void unknownLabel() {
    assertEquals(
        "memory:2: unknown label 'entails'; the task's labels, in order: entailment, neutral, contradiction; the data's, in order of appearance: neutral, entails. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=entails; or set 'labels' to the data's labels, in an order of the same meaning",
        assertThrows(
                DataException.class,
                () -> read(List.of(row("A", "B", "neutral"), row("A", "B", "entails"))))
            .getMessage());
  }

  @Test
  void labelsAreConfigurable() {
    Task<LabelledText, Classification> task = task(List.of("no", "yes"));
    assertEquals(List.of("no", "yes"), task.head().labels());
    OptionException failure =
        assertThrows(OptionException.class, () -> task(List.of("yes", "yes")));
    assertEquals("labels", failure.option());
    assertEquals("names a label twice: [yes, yes]", failure.getMessage());
  }

  private static Map<String, Object> row(String premise, String hypothesis, Object label) {
    return Map.of("premise", premise, "hypothesis", hypothesis, "label", label);
  }

  private List<LabelledText> read(List<Map<String, Object>> rows) {
    return task(LABELS)
        .reader()
        .read(
            MemoryFile.rows(rows),
            Purpose.EVALUATION,
            (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }

  private static Task<LabelledText, Classification> task(List<String> labels) {
    return new NliPlugin()
        .create(
            new NliOptions() {
              @Override
              public List<String> labels() {
                return labels;
              }

              @Override
              public Truncation truncation() {
                return Truncation.LONGEST_FIRST;
              }

              @Override
              public boolean binaryParse() {
                return false;
              }
            });
  }
}
