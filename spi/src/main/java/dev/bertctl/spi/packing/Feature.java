// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.List;

/**
 * What the model sees of an example at once: C sequences (one, unless there are choices) and a
 * target.
 *
 * <p>A question with four choices is one feature of four sequences, with the target 2 if the third
 * choice is right.
 *
 * @param sequences the C sequences
 * @param target what to train towards, {@link Target#NONE} if not known
 */
public record Feature(List<Sequence> sequences, Target target) {

  /**
   * Copies the list.
   *
   * @param sequences the C sequences
   * @param target what to train towards
   */
  public Feature {
    sequences = List.copyOf(sequences);
  }

  /**
   * {@return a feature of one sequence}
   *
   * @param sequence the sequence
   * @param target what to train towards, {@link Target#NONE} if not known
   */
  public static Feature of(Sequence sequence, Target target) {
    return new Feature(List.of(sequence), target);
  }

  /** {@return the only sequence of a feature without choices} */
  public Sequence sequence() {
    if (sequences.size() != 1) {
      throw new IllegalStateException("a feature of " + sequences.size() + " sequences");
    }
    return sequences.get(0);
  }
}
