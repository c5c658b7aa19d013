// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClassificationReaderTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));
  private static final LabelledText EXAMPLE =
      new LabelledText(
          new Location("dev.csv", 2), Map.of(), "A", Optional.empty(), OptionalInt.of(0));

  @Test
  void readsNamesAndIndicesOfOneColumn() {
    assertEquals(List.of(1, 0), labels(List.of(row("predicted", "yes"), row("predicted", "0"))));
    assertEquals(List.of(1), labels(List.of(row("prediction", 1L))));
    assertEquals(List.of(1), labels(List.of(row("label", "yes"))));
  }

  @Test
  void predictedLabelGoesBeforeTheGoldOneBesideIt() {
    assertEquals(List.of(1), labels(List.of(Map.of("label", "no", "predicted", "yes"))));
  }

  @Test
  void asManyAsExamples() {
    assertEquals(
        "memory: 1 predictions for 2 gold examples; give one row for each example with a gold label, in their order",
        assertThrows(DataException.class, () -> read(List.of(row("label", "no")), 2)).getMessage());
  }

  @Test
  void noPredictedLabel() {
    assertEquals(
        "memory:1: no predicted label; give one of no, yes",
        assertThrows(DataException.class, () -> read(List.of(row("predicted", "-")), 1))
            .getMessage());
  }

  @Test
  void readsGlueSubmissions() {
    assertEquals(
        List.of(1, 0),
        labels(List.of(submitted("0", "1"), submitted(" 1 ", "no")))); // names are in use, too
  }

  @Test
  void anIndexIsTheExamplesOrItsPlace() {
    assertEquals("3", GlueSubmission.index(EXAMPLE, 3));
    assertEquals("17", GlueSubmission.index(indexed(17L), 3));
    assertEquals(1, read(List.of(submitted("17", "1")), List.of(indexed(17L))).get(0).label());
  }

  @Test
  void rowsInAnotherOrder() {
    assertEquals(
        "memory:2: index 7 where 1 is due; give one row for each example with a gold label, in their order",
        assertThrows(
                DataException.class,
                () -> labels(List.of(submitted("0", "1"), submitted("7", "0"))))
            .getMessage());
  }

  private static Map<String, Object> submitted(String index, String prediction) {
    return Map.of("index", index, "prediction", prediction);
  }

  private static LabelledText indexed(long index) {
    return new LabelledText(
        EXAMPLE.location(), Map.of("index", index), "A", Optional.empty(), OptionalInt.of(0));
  }

  private static Map<String, Object> row(String column, Object value) {
    return Map.of(column, value);
  }

  private static List<Integer> labels(List<Map<String, Object>> rows) {
    return read(rows, rows.size()).stream().map(Classification::label).toList();
  }

  private static List<Classification> read(List<Map<String, Object>> rows, int examples) {
    return read(rows, Collections.nCopies(examples, EXAMPLE));
  }

  private static List<Classification> read(
      List<Map<String, Object>> rows, List<LabelledText> examples) {
    return new ClassificationReader(LABELS)
        .read(MemoryFile.rows(rows), examples, (location, reason) -> {});
  }
}
