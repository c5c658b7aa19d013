// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import java.util.Map;
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
  static void check(Head head, HeadOutput output, ModelInputs inputs, Graph graph) {
    output.values().forEach((name, values) -> check(name, values, inputs, graph));
    output
        .losses()
        .forEach(
            (name, loss) -> {
              // Others would be broadcast against each other.
              requireOneDimension("losses", name, loss.values());
              requireOneDimension("weights", name, loss.weights());
            });
    if (head.targets().isEmpty() != output.losses().isEmpty()) {
      throw new IllegalStateException(
          head.targets().isEmpty()
              ? "it gives the losses %s, but its targets() are none; name what it trains towards"
                  .formatted(output.losses().keySet())
              : "it has targets, but gives no loss; add one with trainedOn, or let targets() be none");
    }
  }

  private static void check(
      String name, HeadOutput.Values output, ModelInputs inputs, Graph graph) {
    Set<GraphOperation> used = graph.subgraphTo(Set.of(output.values()));
    if (inputs.targets().values().stream().anyMatch(target -> used.contains(target.op()))) {
      throw new IllegalStateException(
          "its output '%s' depends on the targets, which prediction does not have; make it of the encoder's output alone"
              .formatted(name));
    }
    Shape shape = output.values().shape();
    int rank = output.layout() == Layout.PER_TOKEN ? 3 : 2;
    if (!shape.isUnknown() && shape.numDimensions() != rank) {
      throw new IllegalStateException(
          "its output '%s' has the shape %s, and the layout %s needs %s; reshape it, or name another layout"
              .formatted(name, text(shape), output.layout(), FORMS.get(output.layout())));
    }
  }

  private static final Map<Layout, String> FORMS =
      Map.of(
          Layout.PER_FEATURE, "[B,columns]",
          Layout.PER_TOKEN, "[B,T,columns]",
          Layout.PER_CHOICE, "[B,C]",
          Layout.PER_POSITION, "[M,columns]");

  private static void requireOneDimension(String what, String name, Operand<TFloat32> values) {
    Shape shape = values.shape();
    if (!shape.isUnknown() && shape.numDimensions() != 1) {
      throw new IllegalStateException(
          "the %s of '%s' have the shape %s; make them one-dimensional, one for each target"
              .formatted(what, name, text(shape)));
    }
  }

  /** Such as {@code [?, 16]}. */
  static String text(Shape shape) {
    return shape.toString().replace("-1", "?");
  }
}
