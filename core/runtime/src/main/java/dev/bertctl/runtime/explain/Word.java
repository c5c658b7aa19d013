// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A word of a sequence: a piece and those behind it that begin with {@code ##}.
 *
 * <p>{@code unhappy} in the pieces {@code un ##happy} behind {@code [CLS]} has the position 1, the
 * starts (0, 2) and the ends (2, 7).
 *
 * @param text which of the sequence's texts it is in: 0 or 1
 * @param position of its first piece in the sequence
 * @param pieces as the vocabulary has them
 * @param starts first character of each piece, as an index into the text (UTF-16)
 * @param ends one past its last character
 */
public record Word(
    int text, int position, List<String> pieces, List<Integer> starts, List<Integer> ends) {

  private static final String CONTINUED = "##";

  /** Copies the lists. */
  public Word {
    pieces = List.copyOf(pieces);
    starts = List.copyOf(starts);
    ends = List.copyOf(ends);
  }

  /** The words of a sequence, in its order; special tokens are in none. */
  public static List<Word> of(Sequence sequence, Vocabulary vocabulary) {
    List<Word> words = new ArrayList<>();
    for (int text = 0; text < sequence.texts().size(); text++) {
      Pieces pieces = sequence.texts().get(text);
      for (int from = 0, to; from < pieces.size(); from = to) {
        to = from + 1;
        while (to < pieces.size() && vocabulary.token(pieces.ids()[to]).startsWith(CONTINUED)) {
          to++;
        }
        words.add(word(text, sequence.start(text), pieces, from, to, vocabulary));
      }
    }
    return words;
  }

  private static Word word(
      int text, int start, Pieces pieces, int from, int to, Vocabulary vocabulary) {
    return new Word(
        text,
        start + from,
        IntStream.range(from, to).mapToObj(i -> vocabulary.token(pieces.ids()[i])).toList(),
        IntStream.range(from, to).mapToObj(i -> pieces.starts()[i]).toList(),
        IntStream.range(from, to).mapToObj(i -> pieces.ends()[i]).toList());
  }

  /** One past the position of its last piece. */
  public int end() {
    return position + pieces.size();
  }

  /** First character in the text. */
  public int from() {
    return starts.get(0);
  }

  /** One past its last character in the text. */
  public int to() {
    return ends.get(ends.size() - 1);
  }

  /** Its pieces joined, as the vocabulary writes them. */
  public String name() {
    StringBuilder joined = new StringBuilder(pieces.get(0));
    pieces.stream().skip(1).forEach(piece -> joined.append(piece.substring(CONTINUED.length())));
    return joined.toString();
  }

  /**
   * Whether a text has this word at its place, but for case and accents, which a model may not see;
   * what the vocabulary cannot express may be anything.
   */
  public boolean isIn(String source) {
    return to() <= source.length()
        && (pieces.contains(SpecialToken.UNK.token())
            || plain(source.substring(from(), to())).equals(plain(name())));
  }

  /** Whether a piece of it stands there. */
  public boolean isAt(int place) {
    return position <= place && place < end();
  }

  /** A text without case, accents and white space, as which words are compared. */
  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}|\\s", "")
        .toLowerCase(Locale.ROOT);
  }
}
