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
      Pieces pieces = windows.get(w);
      Window whole = new Window(0, pieces.size());
      int word = 0;
      for (int from = 0, to; from < pieces.size(); from = to) {
        to = from + 1;
        int start = pieces.starts()[from] - sentence.start();
        while (word < words && sentence.words().get(word).end() <= start) {
          word++;
        }
        if (word == words) {
          break;
        }
        if (start < sentence.words().get(word).start()) {
          continue;
        }
        int end = sentence.words().get(word).end() + sentence.start();
        while (to < pieces.size() && pieces.starts()[to] < end) {
          to++;
        }
        if (places.get(word).isEmpty() || whole.context(from) > context[word]) {
          context[word] = whole.context(from);
          places.set(word, Optional.of(new WordPlace(w, from + 1, to + 1)));
        }
      }
    }
    return places;
  }
}
