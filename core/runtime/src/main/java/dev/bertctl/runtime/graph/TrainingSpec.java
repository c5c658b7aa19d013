// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.tensorflow.Precision;
import java.util.Map;

/**
 * What the training computation of a model is made of.
 *
 * @param optimizer which, and the numbers of its own
 * @param groups how each parameter is trained
 * @param labelSmoothing e, from 0 to below 1: softmax cross-entropy is trained towards the target
 *     with the share 1 - e, and towards all classes alike with the rest (Szegedy et al., 2016)
 * @param classWeights how much the targets of a label weigh in the loss, above 0, by label; 1 of
 *     labels that are not named; empty if all weigh the same
 * @param gradientCheckpointing whether the encoder's activations are computed again for the
 *     backward pass, one layer at a time, and not kept: less memory, more time
 * @param precision of what is multiplied
 */
public record TrainingSpec(
    OptimizerSpec optimizer,
    ParameterGroups groups,
    double labelSmoothing,
    Map<String, Double> classWeights,
    boolean gradientCheckpointing,
    Precision precision) {

  /** AdamW with PyTorch's numbers on all parameters, without weight decay, and nothing else. */
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(
          OptimizerSpec.AdamW.DEFAULT,
          ParameterGroups.uniform(1, 0),
          0,
          Map.of(),
          false,
          Precision.FLOAT32);

  /**
   * Checks the ranges, and copies the weights.
   *
   * @throws IllegalArgumentException naming the number that is out of range
   */
  public TrainingSpec {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be at least 0 and less than 1, and is %s"
              .formatted(labelSmoothing));
    }
    classWeights = Map.copyOf(classWeights);
    classWeights.forEach(
        (label, weight) -> {
          if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                "the weight of class '%s' must be above 0, and is %s".formatted(label, weight));
          }
        });
  }

  /** This with another optimizer. */
  public TrainingSpec with(OptimizerSpec another) {
    return new TrainingSpec(
        another, groups, labelSmoothing, classWeights, gradientCheckpointing, precision);
  }

  /** This with other groups of parameters. */
  public TrainingSpec with(ParameterGroups others) {
    return new TrainingSpec(
        optimizer, others, labelSmoothing, classWeights, gradientCheckpointing, precision);
  }

  /** This with label smoothing. */
  public TrainingSpec withLabelSmoothing(double share) {
    return new TrainingSpec(
        optimizer, groups, share, classWeights, gradientCheckpointing, precision);
  }

  /** This with class weights. */
  public TrainingSpec withClassWeights(Map<String, Double> weights) {
    return new TrainingSpec(
        optimizer, groups, labelSmoothing, weights, gradientCheckpointing, precision);
  }

  /** This with gradient checkpointing. */
  public TrainingSpec withGradientCheckpointing() {
    return new TrainingSpec(optimizer, groups, labelSmoothing, classWeights, true, precision);
  }

  /** This with another precision. */
  public TrainingSpec with(Precision another) {
    return new TrainingSpec(
        optimizer, groups, labelSmoothing, classWeights, gradientCheckpointing, another);
  }
}
