// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of a split and the encoder's input made of them.
 *
 * @param examples the examples, in the data's order
 * @param features the features of all examples, in the examples' order
 * @param owners for each feature the index of its example
 * @param truncation what was cut
 * @param <X> an example
 */
public record PackedSplit<X extends Example>(
    List<X> examples, List<Feature> features, int[] owners, TruncationSummary truncation) {

  /** Copies the lists. */
  public PackedSplit {
    examples = List.copyOf(examples);
    features = List.copyOf(features);
  }

  /**
   * Packs examples on all cores. The result does not depend on their number.
   *
   * @throws DataException naming the example, if one does not fit
   * @throws InterruptedException if the thread is interrupted; no work goes on behind its back
   */
  public static <X extends Example> PackedSplit<X> pack(
      List<X> examples, InputPacking<X> packing, Packer packer) throws InterruptedException {
    List<List<Feature>> packed =
        AllCores.map(examples, example -> features(example, packing, packer));
    List<Feature> features = new ArrayList<>(examples.size());
    TruncationSummary truncation = TruncationSummary.EMPTY;
    for (List<Feature> each : packed) {
      features.addAll(each);
      truncation = truncation.plus(each);
    }
    return new PackedSplit<>(examples, features, owners(packed, features.size()), truncation);
  }

  private static <X extends Example> List<Feature> features(
      X example, InputPacking<X> packing, Packer packer) {
    List<Feature> features;
    try {
      features = packing.pack(example, packer);
    } catch (IllegalArgumentException e) {
      // The packer says why a text does not fit; only here is it known which one it was.
      throw new DataException(example.location(), e.getMessage());
    }
    if (features.isEmpty() || features.stream().anyMatch(feature -> tooLong(feature, packer))) {
      throw new IllegalStateException(
          "%s: the task's packing must give one feature or more, each with sequences of at most %d tokens"
              .formatted(example.location(), packer.maxLength()));
    }
    return features;
  }

  private static boolean tooLong(Feature feature, Packer packer) {
    return feature.sequences().isEmpty()
        || feature.sequences().stream().anyMatch(s -> s.length() > packer.maxLength());
  }

  private static int[] owners(List<List<Feature>> packed, int features) {
    int[] owners = new int[features];
    int next = 0;
    for (int example = 0; example < packed.size(); example++) {
      for (int i = 0; i < packed.get(example).size(); i++) {
        owners[next++] = example;
      }
    }
    return owners;
  }

  /**
   * Makes sure that all features can be trained on or evaluated: each has a target, and one as the
   * head wants it.
   *
   * @throws DataException naming the first example without a target
   * @throws IllegalStateException naming the first example with a target that does not fit the head
   */
  public void requireTargets(Head head) {
    for (int i = 0; i < features.size(); i++) {
      X example = examples.get(owners[i]);
      if (features.get(i).target() instanceof Target.None) {
        throw new DataException(
            example.location(), "has no gold label; training and evaluation need one");
      }
      Targets.problem(features.get(i), head.target(), head.labels().size())
          .ifPresent(
              problem -> {
                throw new IllegalStateException(
                    "%s: the task packed %s, which its head cannot use"
                        .formatted(example.location(), problem));
              });
    }
  }
}
