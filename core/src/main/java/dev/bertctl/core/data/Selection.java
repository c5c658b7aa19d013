// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which part of a split's examples is taken.
 *
 * @param where what is asked of its rows; what follows is of those that are kept
 * @param limit only the first rows (csv, tsv, jsonl), counted before any other is left out; only
 *     the first examples of other formats
 * @param part the part of those, where they are divided; empty if they are not
 * @param share each example is kept with this probability, above 0 and at most 1
 * @param seed decides which are kept: the same seed keeps the same examples
 */
public record Selection(
    RowConditions where,
    OptionalInt limit,
    Optional<SplitPart> part,
    OptionalDouble share,
    long seed) {

  /** Everything. */
  public static final Selection ALL =
      new Selection(
          RowConditions.NONE, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty(), 0);

  /** The first rows of it only. */
  public Selection limitedTo(int rows) {
    return new Selection(where, OptionalInt.of(rows), part, share, seed);
  }

  /** A share of it, drawn with a seed. */
  public Selection sample(double drawn, long drawnWith) {
    return new Selection(where, limit, part, OptionalDouble.of(drawn), drawnWith);
  }
}
