// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.packing.Batch;
import java.util.List;

/**
 * Those parts of a batch that are computed in one place.
 *
 * @param parts none, where a batch has fewer parts than there are places
 * @param first which part of the batch the first of them is, from 0
 * @param weights of each loss in the whole batch, which its sums are divided by: so the gradients
 *     of all parts add up to those of the batch
 * @param scale what the loss is multiplied by
 * @param seed of the step's dropout
 */
public record BatchShare(
    List<Batch> parts, int first, double[] weights, LossScale scale, long seed) {

  /** Copies the list. */
  public BatchShare {
    parts = List.copyOf(parts);
  }

  /**
   * The seed of a part's dropout: a function of the step's and the part alone, wherever it is
   * computed. The first part drops what the batch would as a whole; the others must not, and the
   * multiplier of SplitMix64 keeps them apart from the seeds of other steps, which follow each
   * other.
   */
  long seedOf(int part) {
    return seed + (first + part) * 0x9E3779B97F4A7C15L;
  }
}
