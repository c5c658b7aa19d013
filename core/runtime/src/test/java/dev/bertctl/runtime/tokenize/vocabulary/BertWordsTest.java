// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BertWordsTest {

  private static final Normalization UNCASED = Normalization.uncased();
  private static final Normalization CASED = Normalization.cased();
  private static final Normalization ACCENTED = new Normalization(true, false, false);

  @Test
  void splitsAtSpaceAndPunctuation() {
    assertEquals(List.of("creme", "-", "brulee", "!"), words(UNCASED, "Crème-brûlée!"));
    assertEquals(List.of("Crème", "-", "brûlée", "!"), words(CASED, "Crème-brûlée!"));
    assertEquals(List.of("a", "$", "=", "~", "b"), words(CASED, " a\t$=~\u3000b\r\n"));
    assertEquals(List.of(), words(CASED, " \n"));
  }

  @Test
  void chineseCharactersAreWordsUnlessTurnedOff() {
    assertEquals(List.of("北", "京", "アイ", "𠀀"), words(UNCASED, "北京アイ𠀀"));
    assertEquals(List.of("北京アイ𠀀"), words(ACCENTED, "北京アイ𠀀"));
  }

  @Test
  void lowerCasesEachCharacterByItself() {
    assertEquals(List.of("οδοσ"), words(UNCASED, "ΟΔΟΣ"));
    assertEquals(List.of("istanbul"), words(UNCASED, "İstanbul"));
    assertEquals(List.of("i\u0307stanbul", "é"), words(ACCENTED, "İstanbul É"));
  }

  @Test
  void removesWhatIsNoText() {
    // null, replacement character, zero-width space, private use, half a surrogate pair
    assertEquals(List.of("abcdef"), words(CASED, "a\0b\uFFFDc\u200Bd\uE000e\uD800f"));
    // a form feed and a next line are control characters first, a line separator is a space
    assertEquals(List.of("ab", "c"), words(CASED, "\fa\u0085b\u2028c"));
  }

  @Test
  void spacedWordsStayAsTheyAre() {
    List<String> words = new ArrayList<>();
    new SpacedWords().split(" The dog 's\u00A0tail .\n😀\f", words::add);
    assertEquals(List.of("The", "dog", "'s", "tail", ".", "😀"), words);
  }

  private static List<String> words(Normalization normalization, String text) {
    List<String> words = new ArrayList<>();
    new BertWords(normalization).split(text, words::add);
    return words;
  }
}
