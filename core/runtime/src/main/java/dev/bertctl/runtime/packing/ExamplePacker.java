// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import java.util.List;

/**
 * Packs examples on all cores and checks what the task has packed. The result does not depend on
 * their number.
 *
 * @param <X> an example
 */
public final class ExamplePacker<X extends Example> {

  private final InputPacking<X> packing;
  private final Packer packer;

  /**
   * @param packing the task's
   * @param packer tokenises and assembles
   */
  public ExamplePacker(InputPacking<X> packing, Packer packer) {
    this.packing = packing;
    this.packer = packer;
  }

  /**
   * Packs some examples, each of which is due an answer.
   *
   * @throws IllegalStateException if the packing gives nothing for one
   */
  public PackedExamples<X> packAll(List<X> examples) throws InterruptedException {
    return PackedExamples.of(examples, AllCores.map(examples, this::packOne));
  }

  /**
   * Packs an example that is due an answer, in this thread.
   *
   * @return its features, one at least
   * @throws DataException if it does not fit
   * @throws IllegalStateException if the packing gives nothing for it
   */
  public List<Feature> packOne(X example) {
    List<Feature> features = features(example);
    if (features.isEmpty()) {
      throw new IllegalStateException(
          "%s: the task's packing gave no feature; in prediction every example needs one"
              .formatted(example.location()));
    }
    return features;
  }

  /**
   * Finds out whether an example fits the model.
   *
   * @throws DataException saying why it does not
   */
  public void requireFitting(X example) {
    features(example);
  }

  /**
   * Packs some examples with gold answers: of those that there is nothing to learn from there are
   * no features.
   *
   * @throws DataException naming the example, if one does not fit
   * @throws InterruptedException if the thread is interrupted; no work goes on behind its back
   */
  public PackedExamples<X> pack(List<X> examples) throws InterruptedException {
    return PackedExamples.of(examples, AllCores.map(examples, this::features));
  }

  private List<Feature> features(X example) {
    List<Feature> features;
    try {
      features = packing.pack(example, packer);
    } catch (IllegalArgumentException e) {
      // The packer says why a text does not fit; only here is it known which one it was.
      throw new DataException(example.location(), e.getMessage());
    }
    if (features.stream().anyMatch(this::isTooLong)) {
      throw new IllegalStateException(
          "%s: the task's packing must give features with sequences of at most %d tokens"
              .formatted(example.location(), packer.maxLength()));
    }
    features.forEach(feature -> requirePositions(example, feature));
    return features;
  }

  private boolean isTooLong(Feature feature) {
    return feature.sequences().isEmpty()
        || feature.sequences().stream().anyMatch(s -> s.length() > packer.maxLength());
  }

  static void requirePositions(Example example, Feature feature) {
    for (int position : feature.positions()) {
      if (position < 0 || position >= feature.sequence().length()) {
        throw new IllegalStateException(
            "%s: the task packed the position %d of a sequence of %d tokens"
                .formatted(example.location(), position, feature.sequence().length()));
      }
    }
  }
}
