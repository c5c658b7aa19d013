// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * A word of a sentence; a sign such as a comma is a word of its own. Its label stands at its first
 * word piece.
 *
 * @param token the position of its first piece in the sequence
 * @param start its first character
 * @param end one past its last character
 */
record Word(int token, int start, int end) {

  /** The words in a sequence, as far as they are not cut off. */
  static List<Word> of(String text, Sequence sequence) {
    Pieces pieces = sequence.texts().get(0);
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      int start = pieces.starts()[i];
      int end = pieces.ends()[i];
      int last = words.size() - 1;
      if (last >= 0 && words.get(last).end() == start && isWithinWord(text, start)) {
        words.set(last, new Word(words.get(last).token(), words.get(last).start(), end));
      } else {
        words.add(new Word(sequence.start(0) + i, start, end));
      }
    }
    return words;
  }

  private static boolean isWithinWord(String text, int place) {
    return Character.isLetterOrDigit(text.codePointBefore(place))
        && Character.isLetterOrDigit(text.codePointAt(place));
  }
}
