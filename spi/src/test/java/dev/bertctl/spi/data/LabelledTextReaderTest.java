// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledTextReaderTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));
  private static final LabelledTextReader PAIRS =
      LabelledTextReader.pairs(
          Column.named("first", "a"), Column.named("second"), Column.named("label"), LABELS);
  private static final LabelledTextReader SINGLE =
      LabelledTextReader.single(Column.named("text"), Column.named("label"), LABELS);

  private final List<String> skipped = new ArrayList<>();

  @Test
  void pairs() {
    Map<String, Object> row = Map.of("a", "A b", "second", "C", "label", " yes ", "id", 7L);
    assertEquals(
        List.of(
            new LabelledText(
                new Location("memory", 1), row, "A b", Optional.of("C"), OptionalInt.of(1))),
        read(PAIRS, Purpose.EVALUATION, List.of(row)));
  }

  @Test
  void singleTexts() {
    Map<String, Object> row = Map.of("text", "A", "label", "no");
    assertEquals(
        List.of(
            new LabelledText(
                new Location("memory", 1), row, "A", Optional.empty(), OptionalInt.of(0))),
        read(SINGLE, Purpose.EVALUATION, List.of(row)));
  }

  @Test
  void rowsOfNoUseAreLeftOutAndCounted() {
    assertEquals(
        List.of(),
        read(
            PAIRS,
            Purpose.EVALUATION,
            List.of(
                Map.of("first", "A", "second", "B", "label", "-"),
                Map.of("first", " ", "second", "B", "label", "no"),
                Map.of("first", "A", "second", "", "label", "no"))));
    assertEquals(
        List.of("memory:1 no gold label", "memory:2 empty text", "memory:3 empty text"), skipped);
  }

  @Test
  void exportsOfAnnotationToolsAreReadAndWhatWasRejectedIsLeftOut() {
    Map<String, Object> doccano = Map.of("text", "A", "label", List.of("yes"));
    Map<String, Object> accepted =
        Map.of("text", "B", "label", "no", "answer", "accept", "_task_hash", 1L);
    Map<String, Object> rejected =
        Map.of("text", "C", "label", "no", "answer", "reject", "_task_hash", 2L);
    Map<String, Object> unlabelled = Map.of("text", "D", "label", List.of());
    for (Purpose purpose : List.of(Purpose.TRAINING, Purpose.EVALUATION)) {
      skipped.clear();
      assertEquals(
          List.of(OptionalInt.of(1), OptionalInt.of(0)),
          read(SINGLE, purpose, List.of(doccano, accepted, rejected, unlabelled)).stream()
              .map(LabelledText::label)
              .toList());
      assertEquals(
          List.of("memory:3 answer 'reject' in Prodigy", "memory:4 no gold label"), skipped);
    }
    DataException several =
        assertThrows(
            DataException.class,
            () ->
                read(
                    SINGLE,
                    Purpose.TRAINING,
                    List.of(Map.of("text", "A", "label", List.of("yes", "no")))));
    assertEquals(
        "memory:1: column 'label' holds 2 labels, and the task takes one; keep the right one, or"
            + " remove the row",
        several.getMessage());
  }

  @Test
  void predictionKeepsEveryRowAndReadsNoLabel() {
    List<LabelledText> examples =
        read(
            PAIRS,
            Purpose.PREDICTION,
            List.of(
                Map.of("first", "A", "second", ""),
                Map.of("first", "A", "second", "B", "label", "of another set")));
    assertEquals(2, examples.size());
    assertEquals(OptionalInt.empty(), examples.get(1).label());
    assertEquals("of another set", examples.get(1).columns().get("label"));
    assertEquals(List.of(), skipped);
  }

  @Test
  void missingLabelColumnIsAnErrorWhereLabelsAreNeeded() {
    assertThrows(
        DataException.class, () -> read(SINGLE, Purpose.EVALUATION, List.of(Map.of("text", "A"))));
  }

  @Test
  void unknownLabelNamesTheTasksLabelsAndTheDatas() {
    assertEquals(
        "memory:3: unknown label 'maybe'; the task's labels, in order: no, yes; the data's, in order of appearance: yes, maybe, never. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=maybe; or set 'labels' to the data's labels, in an order of the same meaning (of two the second is the positive one)",
        refused(List.of("yes", "-", " maybe ", "", "never", "maybe", "-1")));
  }

  @Test
  void ofManyLabelsInTheDataTwentyAreNamed() {
    List<String> many = IntStream.range(10, 40).mapToObj(Integer::toString).toList();
    assertEquals(
        "memory:1: unknown label '10'; the task's labels, in order: no, yes; the data's, in order of appearance: %s, and more. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=10; or set 'labels' to the data's labels, in an order of the same meaning (of two the second is the positive one)"
            .formatted(String.join(", ", many.subList(0, 20))),
        refused(many));
  }

  private String refused(List<String> column) {
    List<Map<String, Object>> rows =
        column.stream().map(label -> Map.<String, Object>of("text", "A", "label", label)).toList();
    return assertThrows(DataException.class, () -> read(SINGLE, Purpose.EVALUATION, rows))
        .getMessage();
  }

  private List<LabelledText> read(
      LabelledTextReader reader, Purpose purpose, List<Map<String, Object>> rows) {
    return reader
        .read(
            MemoryFile.rows(rows),
            purpose,
            (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }
}
