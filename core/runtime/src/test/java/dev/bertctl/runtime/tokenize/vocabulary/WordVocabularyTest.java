// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordVocabularyTest {

  @Test
  void ordersByFrequencyThenByFirstOccurrence() {
    assertEquals(List.of("b", "a", "c", "d"), learn(new WordSettings(1, List.of())));
    assertEquals(List.of("b", "a"), learn(new WordSettings(2, List.of())));
  }

  @Test
  void reservedTokensComeFirstAndOnce() {
    assertEquals(List.of("<unk>", "a", "b"), learn(new WordSettings(2, List.of("<unk>", "a"))));
    assertEquals(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"), learn(WordSettings.of(3)));
  }

  @Test
  void refusesAMinimumFrequencyBelowOne() {
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> WordSettings.of(0));
    assertEquals("the minimum frequency is 0; it must be at least 1", thrown.getMessage());
  }

  private static List<String> learn(WordSettings settings) {
    WordVocabulary vocabulary = new WordVocabulary(settings, new SpacedWords());
    vocabulary.add("b a c");
    vocabulary.add("a b d");
    return vocabulary.tokens();
  }
}
