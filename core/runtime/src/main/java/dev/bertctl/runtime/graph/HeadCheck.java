// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.HeadOutput;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** What is wrong in any head's output, and would train and score in silence. */
final class HeadCheck {

  private HeadCheck() {}

  /**
   * Checks what a head has built.
   *
   * @throws IllegalStateException saying what is wrong
   */
  static void check(HeadOutput output, ModelInputs inputs, Graph graph) {
    Set<GraphOperation> used = graph.subgraphTo(Set.of(output.logits()));
    if (used.contains(inputs.targets().op()) || used.contains(inputs.numbers().op())) {
      throw new IllegalStateException(
          "its logits depend on the targets, which prediction does not have; make them of the"
              + " encoder's output alone");
    }
    // Others would be broadcast against each other.
    requireOneDimension("losses", output.losses());
    requireOneDimension("weights", output.weights());
  }

  private static void requireOneDimension(String what, Operand<TFloat32> values) {
    Shape shape = values.shape();
    if (!shape.isUnknown() && shape.numDimensions() != 1) {
      throw new IllegalStateException(
          "its %s have the shape %s; make them one-dimensional, one for each target"
              .formatted(what, text(shape)));
    }
  }

  /** Such as {@code [?, 16]}. */
  static String text(Shape shape) {
    return shape.toString().replace("-1", "?");
  }
}
