// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.List;

/**
 * Some examples and the features made of them, in memory.
 *
 * @param examples the examples, in the data's order
 * @param perExample the features of each example
 * @param features all of them, in the examples' order
 * @param places for each feature the place of its example
 * @param <X> an example
 */
public record PackedExamples<X extends Example>(
    List<X> examples, List<List<Feature>> perExample, List<Feature> features, int[] places)
    implements FeatureList {

  /** Copies the lists. */
  public PackedExamples {
    examples = List.copyOf(examples);
    perExample = List.copyOf(perExample);
    features = List.copyOf(features);
  }

  /**
   * Of some examples and what was packed of each.
   *
   * @param packed the features of each example, in the examples' order
   */
  public static <X extends Example> PackedExamples<X> of(
      List<X> examples, List<List<Feature>> packed) {
    List<Feature> features = new ArrayList<>(examples.size());
    packed.forEach(features::addAll);
    int[] places = new int[features.size()];
    int next = 0;
    for (int example = 0; example < packed.size(); example++) {
      for (int i = 0; i < packed.get(example).size(); i++) {
        places[next++] = example;
      }
    }
    return new PackedExamples<>(examples, packed, features, places);
  }

  @Override
  public int size() {
    return features.size();
  }

  @Override
  public Feature get(int index) {
    return features.get(index);
  }

  @Override
  public int example(int index) {
    return places[index];
  }

  @Override
  public int length(int index) {
    return Batch.length(features.get(index));
  }

  @Override
  public int sequences(int index) {
    return features.get(index).sequences().size();
  }
}
