// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.explain.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainedTextTest {

  private static Word word(int text, int position, int from, int to, String piece) {
    return new Word(text, position, List.of(piece), List.of(from), List.of(to));
  }

  private static final List<Word> WORDS =
      List.of(
          word(0, 1, 0, 3, "the"),
          word(0, 2, 4, 8, "cafe"),
          word(0, 3, 8, 9, "."),
          word(1, 5, 0, 3, "cat"));

  private static String written(ExplainedText text) {
    StringBuilder written = new StringBuilder();
    text.words().forEach(word -> written.append(word.before()).append(word.text()));
    return written.append(text.after()).toString();
  }

  @Test
  void eachTextIsTheOneOfTheRowThatHasItsWords() {
    List<ExplainedText> texts = ExplainedText.of(WORDS, List.of("no", "The Café.", "Cats", "Cat"));

    assertEquals(
        List.of("The Café.", "Cat"), texts.stream().map(ExplainedTextTest::written).toList());
    assertEquals(Optional.of("The Café."), texts.get(0).source());
  }

  @Test
  void withoutTheTextWordsAreAsTheModelSeesThem() {
    List<ExplainedText> texts = ExplainedText.of(WORDS, List.of("no"));

    assertEquals(
        List.of("the cafe.", "cat"), texts.stream().map(ExplainedTextTest::written).toList());
    assertEquals(Optional.empty(), texts.get(0).characters(4));
  }

  @Test
  void aPartOfATextSaysThatThereIsMore() {
    List<Word> middle = List.of(word(0, 1, 4, 7, "cat"), word(0, 2, 8, 14, "sleeps"));

    ExplainedText text = ExplainedText.of(middle, List.of("The cat sleeps all day")).get(0);

    assertEquals("… cat sleeps …", written(text));
    assertEquals(
        "the cat sleeps.",
        written(ExplainedText.of(with(middle), List.of("the cat sleeps.")).get(0)));
  }

  private static List<Word> with(List<Word> middle) {
    return List.of(word(0, 1, 0, 3, "the"), middle.get(0), middle.get(1));
  }

  /** Beyond the first 65,536 a character takes two places in a Java string. */
  @Test
  void placesAreCountedInCharacters() {
    ExplainedText text =
        ExplainedText.of(
                List.of(word(0, 1, 0, 2, "[UNK]"), word(0, 2, 3, 6, "cat")), List.of("😀 cat"))
            .get(0);

    assertEquals(Optional.of(2), text.characters(3));
    assertEquals("😀", text.words().get(0).text());
  }

  @Test
  void textsOfARowAreInListsAndMapsToo() {
    assertEquals(
        List.of("marked", "a", "b", "c", "b c", "d"),
        RowTexts.of(
            new java.util.TreeMap<>(
                Map.of("1", "a", "2", List.of("b", "c"), "3", Map.of("x", "d"), "4", 5)),
            Optional.of(new dev.bertctl.spi.decode.MarkedText("marked", List.of()))));
  }

  @Test
  void aPredictionIsSummedUpByItsPlainValues() {
    Map<String, Object> prediction = new java.util.LinkedHashMap<>();
    prediction.put("predicted", "yes");
    prediction.put("predicted_text", "it is");
    prediction.put("score", 0.12345);
    prediction.put("index", 3);
    Map<String, Object> each = new java.util.LinkedHashMap<>();
    each.put("no", 0.25);
    each.put("yes", 0.75);
    prediction.put("probabilities", each);
    prediction.put("candidates", List.of(1, 2));

    assertEquals(
        List.of("yes", "it is", "0.123", "3", "no 0.250, yes 0.750"),
        PredictionSummary.of(prediction).stream().map(item -> item.get("value")).toList());
    assertEquals("predicted text", PredictionSummary.of(prediction).get(1).get("name"));
  }
}
