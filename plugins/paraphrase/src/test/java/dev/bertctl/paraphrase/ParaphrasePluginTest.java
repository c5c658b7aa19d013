// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.ToyOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ParaphrasePluginTest {

  private final List<String> skipped = new ArrayList<>();

  @Test
  void readsMrpcAsDistributed() {
    LabelledText example =
        read(
                Purpose.EVALUATION,
                Map.of(
                    "Quality", "1",
                    "#1 ID", "11",
                    "#2 ID", "12",
                    "#1 String", "\" Yes , \" she said .",
                    "#2 String", "She agreed ."))
            .get(0);
    assertEquals("\" Yes , \" she said .", example.first());
    assertEquals(Optional.of("She agreed ."), example.second());
    assertEquals(OptionalInt.of(1), example.label());
  }

  @Test
  void readsQqpAndPawsAsDistributed() {
    List<LabelledText> examples =
        read(
            Purpose.TRAINING,
            Map.of("question1", "Who won?", "question2", "Who lost?", "is_duplicate", "0"),
            Map.of("sentence1", "It rains.", "sentence2", "Rain falls.", "label", "1"));
    assertEquals(List.of("Who won?", "It rains."), texts(examples));
    assertEquals(OptionalInt.of(0), examples.get(0).label());
    assertEquals(OptionalInt.of(1), examples.get(1).label());
  }

  @Test
  void rowsWithoutQuestionOrLabelAreLeftOutAndCounted() {
    List<LabelledText> examples =
        read(
            Purpose.TRAINING,
            Map.of("question1", "Who won?", "question2", "", "is_duplicate", "0"),
            Map.of("question1", "Who won?", "question2", "Who lost?", "is_duplicate", ""),
            Map.of("question1", "Who won?", "question2", "Who was it?", "is_duplicate", "0"));
    assertEquals(1, examples.size());
    assertEquals(List.of("memory:1 empty text", "memory:2 no gold label"), skipped);
  }

  @Test
  void readsGlueTestSetsForPrediction() {
    List<LabelledText> examples =
        read(
            Purpose.PREDICTION,
            Map.of("index", "0", "#1 String", "A", "#2 String", "B"),
            Map.of("id", "1", "question1", "C", "question2", ""));
    assertEquals(List.of("A", "C"), texts(examples));
    assertEquals(OptionalInt.empty(), examples.get(0).label());
  }

  @Test
  void unknownLabel() {
    assertEquals(
        "memory:1: unknown label '2'; the task's labels, in order: not_equivalent, equivalent; the data's, in order of appearance: 2. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=2; or set 'labels' to the data's labels, in an order of the same meaning (of two the second is the positive one)",
        assertThrows(
                DataException.class,
                () ->
                    read(
                        Purpose.EVALUATION,
                        Map.of("sentence1", "A", "sentence2", "B", "label", "2")))
            .getMessage());
  }

  @Test
  void thresholdDecides() {
    // Logits (0, ln 3) are probabilities (0.25, 0.75).
    float[] logits = {0, (float) Math.log(3)};
    assertEquals("equivalent", predicted(Options.DEFAULT, logits));
    assertEquals("equivalent", predicted(Options.DEFAULT.withThreshold(0.74), logits));
    assertEquals("not_equivalent", predicted(Options.DEFAULT.withThreshold(0.76), logits));
    assertEquals("equivalent", predicted(Options.DEFAULT.withThreshold(0.5), 1, 1));
    assertEquals("equivalent", predicted(Options.DEFAULT.withThreshold(0), 9, 0));
  }

  @Test
  void predictionsNameLabelAndProbabilities() {
    Map<String, Object> fields = decode(Options.DEFAULT.withThreshold(0.6), 2, 2).fields();
    assertEquals(
        Map.of(
            "predicted",
            "not_equivalent",
            "probabilities",
            Map.of("not_equivalent", 0.5, "equivalent", 0.5)),
        fields);
  }

  @Test
  void thresholdIsTunedIfAskedFor() {
    assertTrue(task(Options.DEFAULT).tuner().isEmpty());
    assertTrue(task(Options.DEFAULT.tuned()).tuner().isPresent());
  }

  @Test
  void twoLabelsOfAnyName() {
    assertEquals("same", predicted(Options.DEFAULT.withLabels("other", "same"), 0, 1));
    OptionException three =
        assertThrows(OptionException.class, () -> task(Options.DEFAULT.withLabels("a", "b", "c")));
    assertEquals("labels", three.option());
    assertEquals(
        "needs two labels, the second being the positive one; has [a, b, c]", three.getMessage());
  }

  @Test
  void thresholdIsAProbability() {
    for (double wrong : new double[] {-0.1, 1.5, Double.NaN}) {
      OptionException failure =
          assertThrows(OptionException.class, () -> task(Options.DEFAULT.withThreshold(wrong)));
      assertEquals("threshold", failure.option());
      assertEquals("must be from 0 to 1, is " + wrong, failure.getMessage());
    }
  }

  @Test
  void writesGlueSubmission() {
    List<LabelledText> examples =
        read(
            Purpose.PREDICTION,
            Map.of("sentence1", "A", "sentence2", "B"),
            Map.of("sentence1", "C", "sentence2", "D", "index", "41"));
    List<Classification> predictions =
        List.of(decode(Options.DEFAULT, 0, 1), decode(Options.DEFAULT, 1, 0));
    OutputFile<LabelledText, Classification> file = task(Options.DEFAULT).files().get(0);
    assertEquals("glue_submission.tsv", file.name());
    OutputFile.Content.Text<LabelledText, Classification> text =
        (OutputFile.Content.Text<LabelledText, Classification>) file.content();
    assertEquals("index\tprediction\n", text.header());
    assertEquals("0\t1\n", text.part().of(examples.get(0), predictions.get(0), 0));
    assertEquals("41\t0\n", text.part().of(examples.get(1), predictions.get(1), 1));
  }

  private List<LabelledText> read(Purpose purpose, Map<?, ?>... rows) {
    return task(Options.DEFAULT)
        .reader()
        .read(
            new MemoryFile(Format.JSONL, List.of((Object[]) rows)),
            purpose,
            (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }

  private static List<String> texts(List<LabelledText> examples) {
    return examples.stream().map(LabelledText::first).toList();
  }

  private static String predicted(Options options, float... logits) {
    return decode(options, logits).fields().get("predicted").toString();
  }

  private static Classification decode(Options options, float... logits) {
    Feature feature = Feature.of(List.of(), Target.NONE);
    LabelledText example =
        new LabelledText(
            new Location("memory", 1), Map.of(), "", Optional.of(""), OptionalInt.empty());
    return task(options)
        .decoder()
        .decode(example, ToyOutput.logits(feature, new Matrix(logits, 1, 2)));
  }

  private static Task<LabelledText, Classification> task(Options options) {
    return new ParaphrasePlugin().create(options);
  }
}
