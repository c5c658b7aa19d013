// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.packing;

import dev.bertctl.spi.packing.Feature;
import java.util.List;

/**
 * Features padded to their own longest sequence, as arrays ready to be fed.
 *
 * @param features the B features
 * @param indices the place of each feature in the list that the batches were made of, [B]
 * @param choices C: the most sequences that a feature of this batch has
 * @param tokens T: the longest sequence of this batch
 * @param ids vocabulary ids, padding filled with the pad id, [N,T] row-major with N = B·C
 * @param segments segment ids, [N,T]
 * @param mask 1 for tokens, 0 for padding, [N,T]
 * @param choiceMask 1 for choices, 0 for padding choices, [B,C]
 */
public record Batch(
    List<Feature> features,
    int[] indices,
    int choices,
    int tokens,
    int[] ids,
    int[] segments,
    int[] mask,
    int[] choiceMask) {

  /** B. */
  public int size() {
    return features.size();
  }

  /** N: sequences, padding choices included. */
  public int sequences() {
    return features.size() * choices;
  }
}
