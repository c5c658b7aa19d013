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
 * @param choices C: the most sequences that a feature of this batch has
 * @param tokens T: the longest sequence of this batch
 * @param ids vocabulary ids, padding filled with the pad id, [N,T] row-major with N = B·C
 * @param segments segment ids, [N,T]
 * @param mask 1 for tokens, 0 for padding, [N,T]
 * @param choiceMask 1 for choices, 0 for padding choices, [B,C]
 * @param positionRows for each position of each feature its place in [N,T], from 0 to N·T - 1, [M]
 */
public record Batch(
    List<Feature> features,
    int choices,
    int tokens,
    int[] ids,
    int[] segments,
    int[] mask,
    int[] choiceMask,
    int[] positionRows) {

  /** Copies the features. */
  public Batch {
    features = List.copyOf(features);
  }

  /**
   * Pads features to the longest sequence and the most choices among them. The row of a feature's
   * choice is {@code feature · C + choice}; a row that is no choice has mask 0 throughout.
   *
   * @param features at least one
   * @param padId fills padding
   */
  public static Batch of(List<Feature> features, int padId) {
    int choices = features.stream().mapToInt(f -> f.sequences().size()).max().orElseThrow();
    int tokens = features.stream().mapToInt(Batch::length).max().orElseThrow();
    int[] ids = new int[features.size() * choices * tokens];
    Arrays.fill(ids, padId);
    int[] segments = new int[ids.length];
    int[] mask = new int[ids.length];
    int[] choiceMask = new int[features.size() * choices];
    int[] positionRows = new int[features.stream().mapToInt(f -> f.positions().length).sum()];
    int position = 0;
    for (int i = 0; i < features.size(); i++) {
      int row = i * choices;
      for (int token : features.get(i).positions()) {
        positionRows[position++] = row * tokens + token;
      }
      for (Sequence sequence : features.get(i).sequences()) {
        int start = row * tokens;
        System.arraycopy(sequence.ids(), 0, ids, start, sequence.length());
        System.arraycopy(sequence.segments(), 0, segments, start, sequence.length());
        Arrays.fill(mask, start, start + sequence.length(), 1);
        choiceMask[row++] = 1;
      }
    }
    return new Batch(features, choices, tokens, ids, segments, mask, choiceMask, positionRows);
  }

  /** Longest sequence of a feature. */
  static int length(Feature feature) {
    return feature.sequences().stream().mapToInt(Sequence::length).max().orElse(0);
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
