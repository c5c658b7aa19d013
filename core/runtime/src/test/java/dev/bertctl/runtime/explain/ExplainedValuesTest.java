// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainedValuesTest {

  private static final List<String> TAGS = List.of("O", "B", "I");

  private static ExplainedValues values(
      ExplainableOutput.Kind kind, List<String> labels, String asked, Matrix... outputs) {
    return new ExplainedValues(
        new ExplainableOutput("logits", kind, labels),
        List.of(outputs),
        Optional.ofNullable(asked));
  }

  private static Matrix matrix(int rows, float... values) {
    return new Matrix(values, rows, values.length / rows);
  }

  @Test
  void ofSeveralWindowsTheBestAnswerIsExplained() {
    Matrix first = matrix(1, 1, 3);
    Matrix second = matrix(1, 2, 2);

    List<String> labels = List.of("no", "yes");
    assertEquals(
        List.of(new Explained(0, 0, 0, 1, "yes", Optional.empty())),
        values(ExplainableOutput.Kind.CLASSES, labels, null, first, second).chosen());
    assertEquals(
        List.of(new Explained(1, 0, 0, 0, "no", Optional.empty())),
        values(ExplainableOutput.Kind.CLASSES, labels, "no", first, second).chosen());
  }

  @Test
  void allLabelsThatArePredictedAreExplainedOrTheLikeliest() {
    List<String> labels = List.of("a", "b", "c");

    assertEquals(
        List.of("a", "c"),
        names(values(ExplainableOutput.Kind.LABELS, labels, null, matrix(1, 1, -1, 2))));
    assertEquals(
        List.of("b"),
        names(values(ExplainableOutput.Kind.LABELS, labels, null, matrix(1, -3, -1, -2))));
    assertEquals(
        List.of("c"),
        names(values(ExplainableOutput.Kind.LABELS, labels, "c", matrix(1, 1, 2, -2))));
  }

  private static List<String> names(ExplainedValues values) {
    return values.chosen().stream().map(Explained::name).toList();
  }

  @Test
  void numbersAreExplainedByTheirNamesIfTheyHaveAny() {
    assertEquals(
        List.of("number"),
        names(values(ExplainableOutput.Kind.NUMBERS, List.of(), null, matrix(1, -0.5f))));
    assertEquals(
        List.of("width", "height"),
        names(
            values(
                ExplainableOutput.Kind.NUMBERS,
                List.of("width", "height"),
                null,
                matrix(1, -0.5f, 2))));
  }

  @Test
  void aChoiceIsItsSequence() {
    Matrix logits = matrix(3, 1, 4, 2);

    assertEquals(
        List.of(new Explained(0, 1, 1, 0, "1", Optional.empty())),
        values(ExplainableOutput.Kind.CHOICES, List.of(), null, logits).chosen());
    assertEquals(
        List.of(new Explained(0, 2, 2, 0, "2", Optional.empty())),
        values(ExplainableOutput.Kind.CHOICES, List.of(), "2", logits).chosen());
    UserException problem =
        assertThrows(
            UserException.class,
            () -> values(ExplainableOutput.Kind.CHOICES, List.of(), "3", logits));
    assertEquals("there is no '3' to explain; give one of: 0, 1, 2", problem.getMessage());
  }

  private static Word word(int position, int from, String... pieces) {
    List<Integer> starts =
        java.util.stream.IntStream.range(0, pieces.length).mapToObj(i -> from + i).toList();
    return new Word(
        0, position, List.of(pieces), starts, starts.stream().map(start -> start + 1).toList());
  }

  /** "Ann of N . Y ." with [CLS] and [SEP] around it. */
  private static final List<Word> WORDS =
      List.of(
          word(1, 0, "An", "##n"),
          word(3, 4, "of"),
          word(4, 7, "N"),
          word(5, 8, "."),
          word(6, 9, "Y"));

  private static final Matrix TAGGED =
      matrix(
          8, 9, 0, 0, // [CLS]
          0, 3, 0, // An
          0, 0, 9, // ##n, which does not count
          5, 0, 0, // of
          0, 2, 0, // N
          0, 1, 0, // .
          0, 0, 4, // Y
          9, 0, 0); // [SEP]

  @Test
  void wordsThatHaveATagAreExplained() {
    List<Explained> found =
        new TagValues(TAGS, List.of(TAGGED), Optional.empty())
            .chosen(List.of(WORDS), Optional.empty());

    assertEquals(
        List.of(
            new Explained(0, 0, 1, 1, "B", Optional.of(WORDS.get(0))),
            new Explained(0, 0, 4, 1, "B", Optional.of(WORDS.get(2))),
            new Explained(0, 0, 6, 2, "I", Optional.of(WORDS.get(4)))),
        found);
  }

  @Test
  void aWordIsAskedForAsTheTextHasIt() {
    assertEquals(
        List.of(new Explained(0, 0, 4, 1, "B", Optional.of(WORDS.get(2)))),
        new TagValues(TAGS, List.of(TAGGED), Optional.empty())
            .chosen(List.of(WORDS), Optional.of("N.Y")));
    assertEquals(
        List.of(new Explained(0, 0, 3, 2, "I", Optional.of(WORDS.get(1)))),
        new TagValues(TAGS, List.of(TAGGED), Optional.of("I"))
            .chosen(List.of(WORDS), Optional.of("OF")));
    UserException problem =
        assertThrows(
            UserException.class,
            () ->
                new TagValues(TAGS, List.of(TAGGED), Optional.empty())
                    .chosen(List.of(WORDS), Optional.of("Bob")));
    assertEquals("the word 'Bob' is not in this text; give one that is", problem.getMessage());
  }

  @Test
  void ofAWordInTwoWindowsTheSurerTagIsExplained() {
    Word first = word(1, 4, "of");
    Word again = word(2, 4, "of");
    Matrix one = matrix(3, 0, 0, 0, 0, 2, 0, 0, 0, 0);
    Matrix two = matrix(3, 0, 0, 0, 0, 0, 0, 0, 3, 0);

    assertEquals(
        List.of(new Explained(1, 0, 2, 1, "B", Optional.of(again))),
        new TagValues(TAGS, List.of(one, two), Optional.empty())
            .chosen(List.of(List.of(first), List.of(again)), Optional.empty()));
  }

  @Test
  void theBestSpanOfAllWindowsHasAStartAndAnEnd() {
    Pieces question = new Pieces(new int[] {5}, new int[] {0}, new int[] {1});
    Pieces passage = new Pieces(new int[] {6, 7}, new int[] {0, 2}, new int[] {1, 3});
    Feature feature =
        Feature.of(
            new Sequence(
                new int[] {2, 5, 3, 6, 7, 3},
                new int[6],
                List.of(question, passage),
                List.of(0, 0)));
    List<Word> words = List.of(word(1, 0, "q"), word(3, 0, "a"), word(4, 2, "b"));
    Matrix weak = matrix(6, 9, 9, 9, 9, 0, 0, 1, 1, 0, 0, 0, 0);
    // The end at 3 would be higher, but lies before the start at 4.
    Matrix strong = matrix(6, 0, 0, 0, 0, 0, 0, 1, 5, 4, 3, 0, 0);

    assertEquals(
        List.of(
            new Explained(1, 0, 4, 0, "start", Optional.of(words.get(2))),
            new Explained(1, 0, 4, 1, "end", Optional.of(words.get(2)))),
        new SpanValues(List.of(weak, strong), Optional.empty())
            .chosen(List.of(feature, feature), List.of(words, words)));
  }

  @Test
  void anAnswerHasNoLabels() {
    UserException problem =
        assertThrows(UserException.class, () -> new SpanValues(List.of(), Optional.of("start")));

    assertEquals(
        "'start' cannot be asked for: the task has no labels, and what it predicts is explained",
        problem.getMessage());
  }
}
