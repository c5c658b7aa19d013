// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import java.util.List;

/**
 * The word pieces of a document's text, and where each sentence ends among them.
 *
 * @param all the pieces of the whole text
 * @param ends one past the last piece of each sentence
 */
record DocumentPieces(Pieces all, int[] ends) {

  static DocumentPieces of(Document document, Packer packer) {
    Pieces all = packer.tokenize(document.text());
    List<String> sentences = document.sentences();
    int[] ends = new int[sentences.size()];
    int piece = 0;
    int character = 0;
    for (int i = 0; i < ends.length; i++) {
      character += sentences.get(i).length();
      while (piece < all.size() && all.starts()[piece] < character) {
        piece++;
      }
      ends[i] = piece;
      // The space after the sentence.
      character++;
    }
    return new DocumentPieces(all, ends);
  }

  /** Number of sentences. */
  int size() {
    return ends.length;
  }

  /** The pieces of the sentences from {@code from} (inclusive) to {@code to} (exclusive). */
  Pieces sentences(int from, int to) {
    return all.slice(begin(from), to == 0 ? 0 : ends[to - 1]);
  }

  /** How many pieces they have. */
  int length(int from, int to) {
    return to == from ? 0 : ends[to - 1] - begin(from);
  }

  private int begin(int sentence) {
    return sentence == 0 ? 0 : ends[sentence - 1];
  }
}
