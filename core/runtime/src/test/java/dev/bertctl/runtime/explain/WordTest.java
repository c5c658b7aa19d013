// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTest {

  private static final TokenList VOCABULARY =
      new TokenList(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##happy", "cat", "cafe"));

  /** The texts "Unhappy café" and "cat 猫". */
  private static final Sequence SEQUENCE =
      new Sequence(
          new int[] {2, 4, 5, 7, 3, 6, 1, 3},
          new int[] {0, 0, 0, 0, 0, 1, 1, 1},
          List.of(
              new Pieces(new int[] {4, 5, 7}, new int[] {0, 2, 8}, new int[] {2, 7, 12}),
              new Pieces(new int[] {6, 1}, new int[] {0, 4}, new int[] {3, 5})),
          List.of(0, 0));

  @Test
  void piecesAreJoinedToWords() {
    List<Word> words = Word.of(SEQUENCE, VOCABULARY);

    assertEquals(
        new Word(0, 1, List.of("un", "##happy"), List.of(0, 2), List.of(2, 7)), words.get(0));
    assertEquals(
        List.of("unhappy", "cafe", "cat", "[UNK]"), words.stream().map(Word::name).toList());
    assertEquals(List.of(1, 3, 5, 6), words.stream().map(Word::position).toList());
    assertEquals(List.of(0, 0, 1, 1), words.stream().map(Word::text).toList());
    assertTrue(words.get(0).isAt(2));
    assertFalse(words.get(0).isAt(3));
  }

  /** A window may begin in the midst of a word. */
  @Test
  void aWindowsFirstPieceBeginsAWord() {
    Sequence window =
        new Sequence(
            new int[] {2, 5, 6, 3},
            new int[4],
            List.of(new Pieces(new int[] {5, 6}, new int[] {2, 8}, new int[] {7, 11})),
            List.of(0));

    assertEquals(
        List.of("##happy", "cat"), Word.of(window, VOCABULARY).stream().map(Word::name).toList());
  }

  @Test
  void aWordIsFoundInItsTextWhateverItsCaseAndAccents() {
    List<Word> words = Word.of(SEQUENCE, VOCABULARY);

    assertTrue(words.get(0).isIn("Unhappy café"));
    assertTrue(words.get(1).isIn("Unhappy café"));
    assertTrue(words.get(3).isIn("cat 猫"), "what the vocabulary lacks may be anything");
    assertFalse(words.get(0).isIn("Very happy cat"));
    assertFalse(words.get(1).isIn("Unhappy"));
  }
}
