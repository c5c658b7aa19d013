// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordPieceTrainerTest {

  private static final String HUGS =
      "hug ".repeat(10)
          + "pug ".repeat(5)
          + "pun ".repeat(12)
          + "bun ".repeat(4)
          + "hugs ".repeat(5);
  private static final List<String> CHARACTERS = List.of("b", "g", "h", "n", "p", "s", "u");

  @Test
  void mergesTheMostFrequentPairOfPieces() {
    List<String> tokens = learn(settings(100, 5, 1000), HUGS);
    assertEquals(CHARACTERS, tokens.subList(0, 7));
    assertEquals(List.of("##g", "##n", "##s", "##u"), tokens.subList(7, 11));
    assertEquals(
        List.of("##ug", "##un", "hug", "pun", "pug", "hugs"), tokens.subList(11, tokens.size()));
  }

  @Test
  void stopsAtTheVocabularySize() {
    List<String> tokens = learn(settings(13, 1, 1000), HUGS);
    assertEquals(13, tokens.size());
    assertEquals(List.of("##ug", "##un"), tokens.subList(11, 13));
  }

  @Test
  void stopsWherePairsAreTooRare() {
    List<String> tokens = learn(settings(100, 13, 1000), HUGS);
    assertEquals(List.of("##ug", "##un", "hug"), tokens.subList(11, tokens.size()));
  }

  @Test
  void keepsSpecialTokensAndAlphabetWhateverTheSize() {
    List<String> tokens = learn(WordPieceSettings.of(1), "ab");
    assertEquals(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b"), tokens);
  }

  @Test
  void skipsRareCharactersAndKeepsTheLowerOfEquallyFrequentOnes() {
    // a and x occur twice, b and c once; what stands behind the skipped b and c is still behind
    assertEquals(List.of("a", "x", "##a", "##x"), learn(settings(100, 3, 2), "bx cx aa"));
    assertEquals(List.of("a", "b", "x", "##a", "##x"), learn(settings(100, 3, 3), "bx cx aa"));
  }

  @Test
  void textsMayFollowAfterTokensWereTaken() {
    WordPieceTrainer trainer =
        new WordPieceTrainer(settings(100, 2, 1000), Normalization.uncased());
    assertEquals(List.of(), trainer.tokens());
    trainer.add("Ab");
    assertEquals(List.of("a", "b", "##b"), trainer.tokens());
    trainer.add("aB");
    assertEquals(List.of("a", "b", "##b", "ab"), trainer.tokens());
    assertEquals(trainer.tokens(), trainer.tokens());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 1000, the vocabulary size is 0; it must be at least 1",
    "300, -1, 1000, the minimum frequency is -1; it must be at least 1",
    "300, 2, 0, the limit of the alphabet is 0; it must be at least 1"
  })
  void refusesNumbersBelowOne(int size, int minFrequency, int limit, String message) {
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> settings(size, minFrequency, limit));
    assertEquals(message, thrown.getMessage());
  }

  private static WordPieceSettings settings(int size, int minFrequency, int limit) {
    return new WordPieceSettings(size, minFrequency, limit, List.of());
  }

  private static List<String> learn(WordPieceSettings settings, String text) {
    WordPieceTrainer trainer = new WordPieceTrainer(settings, Normalization.uncased());
    trainer.add(text);
    return trainer.tokens();
  }
}
