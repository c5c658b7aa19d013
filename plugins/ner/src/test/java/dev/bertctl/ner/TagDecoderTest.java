// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.ToyOutput;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Each letter is a piece; the model's probabilities are made up. */
class TagDecoderTest {

  private static final List<String> LABELS = List.of("O", "B-LOC", "I-LOC");

  @Test
  void entitiesAreCutFromTheTextWithPlacesInCharactersAndMeanScores() {
    Sentence sentence = text("😀 in New  York.");
    // N: B-LOC with 0.6; Y: I-LOC with 0.8; all else O.
    Tagging tagging =
        decode(
            sentence,
            Aggregation.FIRST,
            (letter, label) ->
                switch ((char) (int) letter) {
                  case 'N' -> List.of(0.3, 0.6, 0.1).get(label);
                  case 'Y' -> List.of(0.1, 0.1, 0.8).get(label);
                  default -> List.of(0.9, 0.05, 0.05).get(label);
                });
    assertEquals(List.of("😀", "in", "New", "York", "."), tagging.words());
    assertEquals(List.of("O", "O", "B-LOC", "I-LOC", "O"), tagging.predicted().tags());
    Entity entity = tagging.entities().get(0);
    assertEquals("New  York", entity.text());
    assertEquals("LOC", entity.type());
    assertEquals(5, entity.start());
    assertEquals(14, entity.end());
    assertEquals(0.7, entity.score(), 1e-6);
    assertEquals(List.of("words", "tags", "entities"), List.copyOf(tagging.fields().keySet()));
    assertEquals(
        List.of(
            Map.of(
                "text",
                "New  York",
                "type",
                "LOC",
                "start",
                5,
                "end",
                14,
                "score",
                entity.score())),
        tagging.fields().get("entities"));
    assertEquals("😀\tO\nin\tO\nNew\tB-LOC\nYork\tI-LOC\n.\tO\n\n", tagging.conll());
  }

  @Test
  void piecesAreAggregated() {
    assertEquals("O", tagOfAbc(Aggregation.FIRST));
    assertEquals("B-LOC", tagOfAbc(Aggregation.AVERAGE)); // (0.23, 0.4, 0.37)
    assertEquals("I-LOC", tagOfAbc(Aggregation.MAX));
  }

  /** What all pieces are trained on, each aggregation gives back. */
  @Test
  void neighbouringEntitiesOfOneTypeStayApartHoweverPiecesAreAggregated() {
    Sentence sentence = Reading.tagged("Oslo B-LOC | Ayr B-LOC | Fair I-LOC").get(0);
    Feature feature = new WordPacking(LABELS, 0, true).pack(sentence, new LetterPacker(20)).get(0);
    int[] target = ((Target.Ints) feature.target()).values();
    float[] logits = new float[target.length * LABELS.size()];
    for (int token = 0; token < target.length; token++) {
      if (target[token] != Target.IGNORED) {
        logits[token * LABELS.size() + target[token]] = 9;
      }
    }
    ModelOutput output =
        ToyOutput.logits(feature, new Matrix(logits, target.length, LABELS.size()));
    for (Aggregation aggregation : Aggregation.values()) {
      assertEquals(
          List.of("B-LOC", "B-LOC", "I-LOC"),
          new TagDecoder(LABELS, aggregation).decode(sentence, output).predicted().tags());
    }
  }

  private static String tagOfAbc(Aggregation aggregation) {
    List<List<Double>> pieces =
        List.of(List.of(0.6, 0.3, 0.1), List.of(0.05, 0.75, 0.2), List.of(0.05, 0.15, 0.8));
    return decode(text("abc"), aggregation, (letter, label) -> pieces.get(letter - 'a').get(label))
        .predicted()
        .tags()
        .get(0);
  }

  @Test
  void averageOfTwo() {
    List<Double> average = Aggregation.AVERAGE.of(List.of(List.of(0.9, 0.1), List.of(0.4, 0.6)));
    assertEquals(0.65, average.get(0), 1e-9);
    assertEquals(0.35, average.get(1), 1e-9);
  }

  @Test
  void everyWordOfALongSentenceGetsATag() {
    Sentence sentence = text("N ".repeat(5) + "n".repeat(30) + " \u0001\u0002 " + "N o ".repeat(9));
    Tagging tagging =
        decode(
            sentence,
            Aggregation.FIRST,
            (letter, label) -> label == (letter == 'N' ? 1 : 0) ? 0.8 : 0.1);
    assertEquals(25, tagging.words().size());
    for (int i = 0; i < 25; i++) {
      assertEquals(
          tagging.words().get(i).equals("N") ? "B-LOC" : "O", tagging.predicted().tags().get(i));
    }
    assertEquals(14, tagging.entities().size());
  }

  @Test
  void emptyTextsGetAnEmptyPrediction() {
    Tagging tagging = decode(text(""), Aggregation.FIRST, (letter, label) -> 0.5);
    assertEquals(List.of(), tagging.words());
    assertEquals("\n", tagging.conll());
  }

  @Test
  void linesOfWordsStayLines() {
    Tagging tagging =
        new Tagging(List.of("a\tb\nc", "New York"), Annotation.of(List.of("O", "B-X")), List.of());
    assertEquals("a b c\tO\nNew York\tB-X\n\n", tagging.conll());
  }

  private static Sentence text(String text) {
    return Reading.of(MemoryFile.rows(List.of(Map.of("text", text))), Purpose.PREDICTION).only();
  }

  /** Decodes what a model says that knows the probability of each label for each letter. */
  private static Tagging decode(
      Sentence sentence,
      Aggregation aggregation,
      ToDoubleBiFunction<Integer, Integer> probability) {
    List<Feature> features = new WordPacking(LABELS, 2, false).pack(sentence, new LetterPacker(12));
    return new TagDecoder(LABELS, aggregation)
        .decode(
            sentence,
            ToyOutput.of(
                features.stream()
                    .map(
                        feature ->
                            FeatureOutput.of(feature, logits(feature.sequence(), probability)))
                    .toList()));
  }

  private static Matrix logits(
      Sequence sequence, ToDoubleBiFunction<Integer, Integer> probability) {
    float[] values = new float[sequence.length() * LABELS.size()];
    for (int i = 0; i < values.length; i++) {
      int letter = sequence.ids()[i / LABELS.size()];
      values[i] =
          letter < 0 ? 0 : (float) Math.log(probability.applyAsDouble(letter, i % LABELS.size()));
    }
    return new Matrix(values, sequence.length(), LABELS.size());
  }
}
