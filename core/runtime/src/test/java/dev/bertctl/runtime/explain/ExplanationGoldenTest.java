// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.GoldenModel;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attributions against Captum's, which src/test/python/make_explanation_golden.py made. */
class ExplanationGoldenTest {

  /** Sums of 50 gradients in float32, which differ in their last bits, about 1e-6. */
  private static final double TOLERANCE = 1e-4;

  private static final ExplainedCase.Vocabulary IDS = new ExplainedCase.Vocabulary(0, 4, 1);

  /** The models. */
  private enum Golden {
    CLASSIFIER(
        "training", new ClassifierHead(List.of("a", "b", "c")), ExplainableOutput.Kind.CLASSES),
    TAGGER("heads/tagger", new TaggerHead(List.of("a", "b", "c")), ExplainableOutput.Kind.TAGS),
    SPAN("heads/span", new SpanHead(), ExplainableOutput.Kind.SPANS),
    CHOICE("heads/choice", new ChoiceHead(), ExplainableOutput.Kind.CHOICES),
    REGRESSION("heads/regression", new RegressionHead(), ExplainableOutput.Kind.NUMBERS);

    private final String folder;
    private final Head head;
    private final ExplainableOutput.Kind kind;

    Golden(String folder, Head head, ExplainableOutput.Kind kind) {
      this.folder = folder;
      this.head = head;
      this.kind = kind;
    }
  }

  @ParameterizedTest
  @EnumSource
  void attributionsEqualCaptums(Golden golden) {
    GoldenModel source = GoldenModel.of(golden.folder);
    SafetensorsFile expected =
        SafetensorsFile.open(
            GoldenModel.folder("explanation")
                .resolve(golden.name().toLowerCase(java.util.Locale.ROOT) + ".safetensors"));
    ExplainableOutput output = new ExplainableOutput("logits", golden.kind, golden.head.labels());
    int row = 0;
    try (BertModel model = source.explaining(golden.head)) {
      for (Feature feature : source.batch().features()) {
        Feature texts = withTexts(feature);
        for (int sequence = 0; sequence < texts.sequences().size(); sequence++) {
          ExplainedCase explained =
              new ExplainedCase(
                  model,
                  output,
                  explained(golden, expected, row, sequence),
                  texts,
                  Word.of(texts.sequences().get(sequence), source.vocabulary()),
                  IDS);
          check(explained, expected, row++);
        }
      }
    }
    assertEquals(golden == Golden.CHOICE ? 9 : 4, row);
  }

  private static Explained explained(
      Golden golden, SafetensorsFile expected, int number, int sequence) {
    ByteBuffer element = expected.bytes("element." + number);
    int row = golden == Golden.CHOICE ? sequence : (int) element.getLong(0);
    int column = (int) element.getLong(Long.BYTES);
    return new Explained(0, sequence, row, column, "any", Optional.empty());
  }

  private static void check(ExplainedCase explained, SafetensorsFile expected, int row) {
    Attribution integrated = new IntegratedGradients(explained, 50).attribution();
    assertTokens(expected, "integrated_gradients." + row, integrated);
    assertEquals(
        expected.weight("difference." + row).values().get(0),
        integrated.completeness().orElseThrow().difference(),
        TOLERANCE);
    assertTokens(
        expected, "gradient_x_input." + row, new GradientTimesInput(explained).attribution());
    assertTokens(expected, "rollout." + row, new AttentionRollout(explained).attribution());
  }

  private static void assertTokens(SafetensorsFile expected, String name, Attribution found) {
    FloatBuffer values = expected.weight(name).values();
    assertEquals(values.remaining(), found.tokens().size(), name);
    double largest = 0;
    for (int i = 0; i < found.tokens().size(); i++) {
      assertEquals(values.get(i), found.tokens().get(i), TOLERANCE, name + " token " + i);
      largest = Math.max(largest, Math.abs(values.get(i)));
    }
    assertTrue(largest > 20 * TOLERANCE, name + " is too small to show anything: " + largest);
  }

  /** All tokens but the first and the last as one text, each a word. */
  private static Feature withTexts(Feature feature) {
    List<Sequence> sequences =
        feature.sequences().stream()
            .map(
                sequence ->
                    new Sequence(
                        sequence.ids(), sequence.segments(), List.of(pieces(sequence)), List.of(0)))
            .toList();
    return new Feature(sequences, feature.positions(), feature.targets());
  }

  private static Pieces pieces(Sequence sequence) {
    int size = sequence.length() - 2;
    return new Pieces(
        Arrays.copyOfRange(sequence.ids(), 1, 1 + size), new int[size], new int[size]);
  }
}
