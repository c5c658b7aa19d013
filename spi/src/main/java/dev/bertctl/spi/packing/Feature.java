// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the model sees of an example at once: C sequences (one, unless there are choices), positions
 * that the head is to read, if it reads some only, and targets by name.
 *
 * <p>A question with four choices is one feature of four sequences, with the target 2 if the third
 * choice is right. A sequence with masks at its tokens 3 and 7 has the positions (3, 7) and, as the
 * target of a masked language model, the two ids that stood there.
 *
 * @param sequences the C sequences
 * @param positions tokens of the only sequence, K of them, from 0 to T - 1; none for most tasks
 * @param targets what to train towards, by the names that the head gives its {@link
 *     dev.bertctl.spi.head.TargetSpec}s; one that is not known is missing
 */
public record Feature(List<Sequence> sequences, int[] positions, Map<String, Target> targets) {

  private static final int[] NO_POSITIONS = {};

  /**
   * Copies list and map; leaves out targets that are {@link Target#NONE}.
   *
   * @param sequences the C sequences
   * @param positions tokens that the head reads
   * @param targets what to train towards, by name
   */
  public Feature {
    sequences = List.copyOf(sequences);
    Map<String, Target> known = new LinkedHashMap<>(targets);
    known.values().removeIf(Target.NONE::equals);
    targets = Collections.unmodifiableMap(known);
  }

  /**
   * {@return a feature of one sequence, without targets}
   *
   * @param sequence the sequence
   */
  public static Feature of(Sequence sequence) {
    return new Feature(List.of(sequence), NO_POSITIONS, Map.of());
  }

  /**
   * {@return a feature of one sequence with the target of a head that has one}
   *
   * @param sequence the sequence
   * @param target what to train towards, {@link Target#NONE} if not known
   */
  public static Feature of(Sequence sequence, Target target) {
    return of(List.of(sequence), target);
  }

  /**
   * {@return a feature of several sequences, such as the choices of a question, with the target of
   * a head that has one}
   *
   * @param sequences the C sequences
   * @param target what to train towards, {@link Target#NONE} if not known
   */
  public static Feature of(List<Sequence> sequences, Target target) {
    return new Feature(sequences, NO_POSITIONS, Map.of(Target.MAIN, target));
  }

  /**
   * {@return this feature with a target}
   *
   * @param name the name of the head's target
   * @param target what to train towards, {@link Target#NONE} if not known
   */
  public Feature with(String name, Target target) {
    Map<String, Target> all = new LinkedHashMap<>(targets);
    all.put(name, target);
    return new Feature(sequences, positions, all);
  }

  /**
   * {@return this feature with positions that the head reads}
   *
   * @param tokens from 0 to T - 1, [K]
   */
  public Feature at(int... tokens) {
    return new Feature(sequences, tokens, targets);
  }

  /** {@return the only sequence of a feature without choices} */
  public Sequence sequence() {
    if (sequences.size() != 1) {
      throw new IllegalStateException("a feature of " + sequences.size() + " sequences");
    }
    return sequences.get(0);
  }

  /** {@return the target of a head that has one, {@link Target#NONE} if it is not known} */
  public Target target() {
    return target(Target.MAIN);
  }

  /**
   * {@return a target, {@link Target#NONE} if it is not known}
   *
   * @param name the name of the head's target
   */
  public Target target(String name) {
    return targets.getOrDefault(name, Target.NONE);
  }
}
