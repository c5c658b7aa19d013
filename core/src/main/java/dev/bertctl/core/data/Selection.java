// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which part of a file's examples is taken.
 *
 * @param limit only the first rows of the file (csv, tsv, jsonl), counted before any is left out;
 *     only the first examples of other formats
 * @param share each example is kept with this probability, above 0 and at most 1
 * @param seed decides which are kept: the same seed keeps the same examples
 */
public record Selection(OptionalInt limit, OptionalDouble share, long seed) {

  /** Everything. */
  public static final Selection ALL = new Selection(OptionalInt.empty(), OptionalDouble.empty(), 0);
}
