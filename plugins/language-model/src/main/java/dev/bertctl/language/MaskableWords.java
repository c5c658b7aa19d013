// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The positions that may be masked, all but those of {@code [CLS]} and {@code [SEP]}, in groups
 * that are masked together.
 *
 * <p>Of {@code [CLS] un ##happy cat [SEP]} they are (1), (2), (3) as pieces and (1, 2), (3) as
 * words. Chinese characters are of one word where nothing stands between them: a text whose words
 * are known has spaces between words.
 */
final class MaskableWords {

  private static final String CONTINUATION = "##";

  private MaskableWords() {}

  static List<int[]> pieces(Sequence sequence) {
    List<int[]> all = new ArrayList<>();
    for (int text = 0; text < sequence.texts().size(); text++) {
      int start = sequence.start(text);
      for (int i = 0; i < sequence.texts().get(text).size(); i++) {
        all.add(new int[] {start + i});
      }
    }
    return all;
  }

  static List<int[]> words(Sequence sequence, Vocabulary vocabulary) {
    List<int[]> all = new ArrayList<>();
    for (int text = 0; text < sequence.texts().size(); text++) {
      Pieces pieces = sequence.texts().get(text);
      int start = sequence.start(text);
      int from = 0;
      for (int i = 1; i <= pieces.size(); i++) {
        if (i == pieces.size() || !continues(pieces, i, vocabulary)) {
          all.add(IntStream.range(start + from, start + i).toArray());
          from = i;
        }
      }
    }
    all.removeIf(word -> word.length == 0);
    return all;
  }

  private static boolean continues(Pieces pieces, int i, Vocabulary vocabulary) {
    String piece = vocabulary.token(pieces.ids()[i]);
    return piece.startsWith(CONTINUATION)
        || pieces.starts()[i] == pieces.ends()[i - 1]
            && (Ideographs.is(piece) || Ideographs.is(vocabulary.token(pieces.ids()[i - 1])));
  }
}
