// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;

/**
 * An example that was read, checked and tokenised, ready for the model: what {@link
 * Predictor#prepare} makes and {@link Predictor#compute} takes.
 *
 * @param example the example
 * @param features what the model is to see of it: one feature, or several where it is longer than a
 *     sequence may be
 */
public record Prepared(Example example, List<Feature> features) {

  /** Copies the list. */
  public Prepared {
    features = List.copyOf(features);
  }

  /** Tokens of all its sequences, special tokens included, without padding. */
  public int tokens() {
    return features.stream()
        .flatMap(feature -> feature.sequences().stream())
        .mapToInt(Sequence::length)
        .sum();
  }

  /** How many sequences it has: of each feature one, or one a choice. */
  public int sequences() {
    return features.stream().mapToInt(feature -> feature.sequences().size()).sum();
  }

  /** Tokens of its longest sequence. */
  public int longest() {
    return features.stream()
        .flatMap(feature -> feature.sequences().stream())
        .mapToInt(Sequence::length)
        .max()
        .orElse(0);
  }

  /** Whether a text was cut to fit the longest sequence that the model was trained for. */
  public boolean isCut() {
    return features.stream()
        .flatMap(feature -> feature.sequences().stream())
        .anyMatch(sequence -> sequence.cut().stream().anyMatch(pieces -> pieces > 0));
  }
}
