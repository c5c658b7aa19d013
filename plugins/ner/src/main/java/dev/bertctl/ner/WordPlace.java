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
   * The places of a sentence's words.
   *
   * @param windows the pieces of each window, with places in the sentence's document
   * @return one for each word; empty for a word that gave no piece, such as a control character
   */
  static List<Optional<WordPlace>> of(Sentence sentence, List<Pieces> windows) {
    int words = sentence.words().size();
    List<Optional<WordPlace>> places =
        new ArrayList<>(Collections.nCopies(words, Optional.empty()));
    double[] context = new double[words];
    for (int w = 0; w < windows.size(); w++) {
      Window whole = new Window(0, windows.get(w).size());
      int from = 0;
      for (int word = 0; word < words; word++) {
        from = firstAt(windows.get(w), from, sentence.documentStart(word));
        int to = firstAt(windows.get(w), from, sentence.documentEnd(word));
        boolean better = places.get(word).isEmpty() || whole.context(from) > context[word];
        if (from < to && better) {
          places.set(word, Optional.of(new WordPlace(w, from + 1, to + 1)));
          context[word] = whole.context(from);
        }
      }
    }
    return places;
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
