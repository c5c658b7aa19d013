// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.Arrays;
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

  /** Copies the features. */
  public Batch {
    features = List.copyOf(features);
  }

  /**
   * Pads features to the longest sequence and the most choices among them. The row of a feature's
   * choice is {@code feature · C + choice}; a row that is no choice has mask 0 throughout.
   *
   * @param all the features that the batch is taken from
   * @param indices which of them
   * @param padId fills padding
   */
  public static Batch of(List<Feature> all, int[] indices, int padId) {
    List<Feature> features = Arrays.stream(indices).mapToObj(all::get).toList();
    int choices = features.stream().mapToInt(f -> f.sequences().size()).max().orElseThrow();
    int tokens = features.stream().mapToInt(BatchPlan::length).max().orElseThrow();
    int[] ids = new int[features.size() * choices * tokens];
    Arrays.fill(ids, padId);
    int[] segments = new int[ids.length];
    int[] mask = new int[ids.length];
    int[] choiceMask = new int[features.size() * choices];
    for (int i = 0; i < features.size(); i++) {
      int row = i * choices;
      for (Sequence sequence : features.get(i).sequences()) {
        int start = row * tokens;
        System.arraycopy(sequence.ids(), 0, ids, start, sequence.length());
        System.arraycopy(sequence.segments(), 0, segments, start, sequence.length());
        Arrays.fill(mask, start, start + sequence.length(), 1);
        choiceMask[row++] = 1;
      }
    }
    return new Batch(features, indices, choices, tokens, ids, segments, mask, choiceMask);
  }

  /** B. */
  public int size() {
    return features.size();
  }

  /** N: sequences, padding choices included. */
  public int sequences() {
    return features.size() * choices;
  }
}
