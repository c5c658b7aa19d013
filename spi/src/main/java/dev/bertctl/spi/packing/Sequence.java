// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * One input sequence of the encoder: {@code [CLS] a [SEP]} or {@code [CLS] a [SEP] b [SEP]}.
 *
 * <p>{@code [CLS] a a [SEP] b [SEP]} has the segments (0, 0, 0, 0, 1, 1); its first text starts at
 * 1, its second at 4.
 *
 * @param ids vocabulary ids, special tokens included, [T]
 * @param segments 0 up to and with the first {@code [SEP]}, 1 after it, [T]
 * @param texts the texts' pieces as they stand in the sequence, after truncation: one or two
 * @param cut pieces lost to truncation, for each text
 */
public record Sequence(int[] ids, int[] segments, List<Pieces> texts, List<Integer> cut) {

  /**
   * Copies the lists.
   *
   * @param ids vocabulary ids
   * @param segments 0 or 1 for each
   * @param texts the texts' pieces
   * @param cut pieces lost, for each text
   */
  public Sequence {
    texts = List.copyOf(texts);
    cut = List.copyOf(cut);
  }

  /** {@return number of tokens, special tokens included} */
  public int length() {
    return ids.length;
  }

  /**
   * {@return position of a text's first piece: 1 for the first text, after the first {@code [SEP]}
   * for the second}
   *
   * @param text 0 or 1
   */
  public int start(int text) {
    return text == 0 ? 1 : texts.get(0).size() + 2;
  }

  /**
   * {@return this sequence, with pieces that the packing had cut from a text before}
   *
   * @param text 0 or 1
   * @param pieces how many
   */
  public Sequence cutBefore(int text, int pieces) {
    List<Integer> all = new ArrayList<>(cut);
    all.set(text, all.get(text) + pieces);
    return new Sequence(ids, segments, texts, all);
  }

  /**
   * {@return this sequence with other ids, such as that of {@code [MASK]} in place of some}
   *
   * @param others as many ids as before, [T]
   * @throws IllegalArgumentException if there are more or fewer
   */
  public Sequence withIds(int... others) {
    if (others.length != ids.length) {
      throw new IllegalArgumentException(
          "%d ids for a sequence of %d tokens".formatted(others.length, ids.length));
    }
    return new Sequence(others, segments, texts, cut);
  }
}
