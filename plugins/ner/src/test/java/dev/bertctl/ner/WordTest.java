// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordTest {

  @Test
  void runningTextIsSplitAsByBertsBasicTokenizer() {
    assertWords("Ann's 東京|x", "Ann", "'", "s", "東", "京", "|", "x");
    assertWords("https://t.co/a_b", "https", ":", "/", "/", "t", ".", "co", "/", "a", "_", "b");
    assertWords("  „Zoë“\u00A0–\n№5 ", "„", "Zoë", "“", "–", "№5");
    assertWords("😀😀 word😀 𠀋!", "😀😀", "word😀", "𠀋", "!");
    assertWords(" \t");
  }

  @Test
  void wordsJoinedBySpaces() {
    assertEquals(
        List.of(new Word(0, 3), new Word(4, 4), new Word(5, 7)),
        Word.joined(List.of("Ann", "", "😀")));
  }

  private static void assertWords(String text, String... words) {
    assertEquals(
        List.of(words),
        Word.in(text).stream().map(word -> text.substring(word.start(), word.end())).toList());
  }
}
