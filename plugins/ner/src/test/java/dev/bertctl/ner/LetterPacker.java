// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each character that is no space is a piece, and its id. Control characters give none.
 *
 * @param maxLength longest sequence
 */
record LetterPacker(int maxLength) implements Packer {

  private static final int CLS = -1;
  private static final int SEP = -2;

  @Override
  public Vocabulary vocabulary() {
    throw new AssertionError("letters need no vocabulary");
  }

  @Override
  public Pieces tokenize(String text) {
    int[] starts =
        IntStream.range(0, text.length())
            .filter(i -> text.charAt(i) > ' ' && !Character.isISOControl(text.charAt(i)))
            .toArray();
    int[] ids = Arrays.stream(starts).map(text::charAt).toArray();
    return new Pieces(ids, starts, Arrays.stream(starts).map(start -> start + 1).toArray());
  }

  @Override
  public Sequence single(Pieces text) {
    if (text.size() > maxLength - 2) {
      throw new AssertionError("cut: " + text.size() + " pieces");
    }
    int[] ids = new int[text.size() + 2];
    ids[0] = CLS;
    System.arraycopy(text.ids(), 0, ids, 1, text.size());
    ids[ids.length - 1] = SEP;
    return new Sequence(ids, new int[ids.length], List.of(text), List.of(0));
  }

  @Override
  public Sequence pair(Pieces first, Pieces second, Truncation truncation) {
    throw new AssertionError("a sentence is no pair");
  }

  /** The characters of a sequence, without special tokens. */
  static String text(Sequence sequence) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(sequence.ids()).filter(id -> id > 0).forEach(text::appendCodePoint);
    return text.toString();
  }
}
