// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static dev.bertctl.classification.Reading.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.ToyOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeveralLabelsTest {

  private static final Labels LABELS = new Labels(List.of("joy", "anger", "fear"));

  private final Reading reading = new Reading();

  @Test
  void listsTextsAndColumnsAreTheSame() {
    for (Map<String, Object> form :
        List.of(
            row("text", "x", "labels", List.of("fear", "joy")),
            row("text", "x", "labels", "joy, fear"),
            row("text", "x", "labels", "[\"joy\", \"fear\"]"),
            row("text", "x", "labels", "['joy', 'fear']"),
            row("text", "x", "labels", List.of(0, 2)),
            row("text", "x", "joy", 1, "anger", 0, "fear", "1"),
            row("text", "x", "joy", true, "anger", "0.0", "fear", "True"))) {
      assertEquals(List.of(Optional.of(List.of(0, 2))), labels(List.of(form)), form.toString());
    }
  }

  @Test
  void noLabelAtAllIsAnExampleAndNoGoldLabelIsNone() {
    assertEquals(
        List.of(Optional.of(List.of()), Optional.of(List.of()), Optional.of(List.of())),
        labels(
            List.of(
                row("text", "x", "labels", List.of()),
                row("text", "x", "labels", ""),
                row("text", "x", "labels", null),
                row("text", "x", "labels", "-1"),
                row("text", "x", "joy", "-1", "anger", "-1", "fear", "-1"),
                row("text", "", "labels", "joy"))));
    assertEquals(
        List.of("memory:4 no gold label", "memory:5 no gold label", "memory:6 empty text"),
        reading.skipped);
  }

  @Test
  void targetsAreOnesAndZeros() {
    MultiLabelText text =
        new MultiLabelText(
            new Location("memory", 1), Map.of(), "x", Optional.empty(), Optional.of(List.of(0, 2)));
    assertArrayEquals(new float[] {1, 0, 1}, ((Target.Floats) text.target(3)).values());
  }

  @Test
  void whatIsNoLabel() {
    assertEquals(
        "memory:1: unknown label 'hope'; the task's labels, in order: joy, anger, fear. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=hope; or set 'labels' to the data's labels, in an order of the same meaning",
        wrong(row("text", "x", "labels", "joy,hope")));
    assertEquals(
        "memory:1: column 'anger' holds '2'; that of a label needs 1 where it applies, and else 0",
        wrong(row("text", "x", "joy", 1, "anger", 2, "fear", 0)));
    assertEquals(
        "memory:1: '-' among labels is none; remove it",
        wrong(row("text", "x", "labels", "joy,-")));
    assertEquals(
        "is empty; give what stands between labels, such as ','",
        assertThrows(OptionException.class, () -> new LabelSets("")).getMessage());
  }

  @Test
  void aThresholdForEachLabel() {
    // The probabilities are 0.75, 0.25 and 0.5.
    float[] logits = {(float) Math.log(3), (float) -Math.log(3), 0};
    assertEquals(List.of("joy", "fear"), predicted("0.5", logits));
    assertEquals(List.of("joy", "anger", "fear"), predicted("0.2", logits));
    assertEquals(List.of("anger", "fear"), predicted("0.8,0.2,0.5", logits));
    assertEquals(List.of(), predicted("0.9", logits));
  }

  @Test
  void probabilitiesOfEachLabel() {
    assertEquals(
        Map.of("joy", 0.5, "anger", 0.5, "fear", 0.5),
        decode("0.9", 0, 0, 0).fields().get("probabilities"));
  }

  /** For joy 0.4 and more is right, anger is never there, and fear is right as it is. */
  @Test
  void tunesEachLabelByItself() {
    List<MultiLabelText> examples = new ArrayList<>();
    List<MultiLabelPrediction> predictions = new ArrayList<>();
    double[][] probabilities = {{0.4, 0.6, 0.9}, {0.2, 0.1, 0.3}, {0.8, 0.2, 0.1}};
    List<List<Integer>> gold = List.of(List.of(0, 2), List.of(), List.of(0));
    for (int i = 0; i < gold.size(); i++) {
      double[] each = probabilities[i];
      examples.add(
          new MultiLabelText(
              new Location("memory", i + 1),
              Map.of(),
              "x",
              Optional.empty(),
              Optional.of(gold.get(i))));
      predictions.add(
          new MultiLabelPrediction(LABELS, List.of(), List.of(each[0], each[1], each[2])));
    }
    List<?> thresholds =
        (List<?>) new MultiLabelTuner(3).tune(examples, predictions).get("threshold");
    assertEquals(0.3, (Double) thresholds.get(0), 1e-15);
    assertEquals(List.of(0.5, 0.5), thresholds.subList(1, 3));
  }

  private List<Optional<List<Integer>>> labels(List<Map<String, Object>> rows) {
    return reading.read(task(), MemoryFile.rows(rows), Purpose.EVALUATION).stream()
        .map(example -> ((MultiLabelText) example).labels())
        .toList();
  }

  private String wrong(Map<String, Object> row) {
    return assertThrows(DataException.class, () -> labels(List.of(row))).getMessage();
  }

  private static Task<?, ?> task() {
    return new TextClassificationPlugin()
        .create(
            Options.of(
                TextClassificationOptions.class,
                "labels",
                "joy,anger,fear",
                "multi-label",
                "true"));
  }

  private static Object predicted(String threshold, float... logits) {
    return decode(threshold, logits).fields().get("predicted");
  }

  private static MultiLabelPrediction decode(String threshold, float... logits) {
    TextClassificationOptions options =
        Options.of(TextClassificationOptions.class, "threshold", threshold);
    MultiLabelText text =
        new MultiLabelText(
            new Location("memory", 1), Map.of(), "x", Optional.empty(), Optional.empty());
    return SigmoidDecoder.of(LABELS, options.threshold())
        .decode(
            text,
            ToyOutput.logits(
                Feature.of(List.of(), Target.NONE), new Matrix(logits, 1, logits.length)));
  }
}
