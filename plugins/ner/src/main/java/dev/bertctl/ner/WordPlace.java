// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where the model sees a word. Of several windows with the word, the one counts that shows the
 * piece at which the word begins with most context.
 *
 * @param window index of the window
 * @param from position of the word's first piece in the window's sequence, {@code [CLS]} counted
 * @param to one past its last piece in this window
 */
record WordPlace(int window, int from, int to) {

  /**
   * The places of a sentence's words. Each window is looked at with the words that are in it only,
   * so the time is in proportion to the pieces of all windows.
   *
   * @param words the words' places in the sentence's document
   * @param windows the pieces of each window, from left to right, with places there too
   * @return one for each word; empty for a word that gave no piece, such as a control character
   */
  static List<Optional<WordPlace>> of(List<Word> words, List<Pieces> windows) {
    List<Optional<WordPlace>> places =
        new ArrayList<>(Collections.nCopies(words.size(), Optional.empty()));
    double[] context = new double[words.size()];
    int firstWord = 0;
    for (int w = 0; w < windows.size(); w++) {
      Pieces pieces = windows.get(w);
      Window whole = new Window(0, pieces.size());
      int from = 0;
      firstWord = firstAfter(pieces, words, firstWord);
      for (int word = firstWord; word < words.size() && from < pieces.size(); word++) {
        Word place = words.get(word);
        from = firstAt(pieces, from, place.start());
        int to = firstAt(pieces, from, place.end());
        boolean better = places.get(word).isEmpty() || whole.context(from) > context[word];
        if (from < to && better) {
          places.set(word, Optional.of(new WordPlace(w, from + 1, to + 1)));
          context[word] = whole.context(from);
        }
      }
    }
    return places;
  }

  /** The first word, from a given one on, that does not end before a window's pieces begin. */
  private static int firstAfter(Pieces pieces, List<Word> words, int from) {
    int first = from;
    while (pieces.size() > 0
        && first < words.size()
        && words.get(first).end() <= pieces.starts()[0]) {
      first++;
    }
    return first;
  }

  /** The first piece, from a given one on, that does not begin before a character. */
  private static int firstAt(Pieces pieces, int from, int character) {
    int first = from;
    while (first < pieces.size() && pieces.starts()[first] < character) {
      first++;
    }
    return first;
  }
}
