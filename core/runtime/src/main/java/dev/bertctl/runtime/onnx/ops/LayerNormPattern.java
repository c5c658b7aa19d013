// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import dev.bertctl.runtime.onnx.model.Attribute;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;

/**
 * Finds layer normalisation as the runtime's LayerNorm makes it, which is one operator in ONNX:
 * {@code c·rsqrt(mean(c²) + ε)·scale + shift} with {@code c = x - mean(x)}.
 */
final class LayerNormPattern {

  private final ValueSource source;

  private LayerNormPattern(ValueSource source) {
    this.source = source;
  }

  /** The normalised value, if the node is the last one of such. */
  static Optional<String> match(TensorFlowNode sum) {
    return new LayerNormPattern(sum.source()).of(sum);
  }

  private Optional<String> of(TensorFlowNode sum) {
    Optional<TensorFlowNode> scaled = input(sum, 0, "Add", "Mul");
    Optional<TensorFlowNode> normalized = scaled.flatMap(node -> input(node, 0, "Mul", "Mul"));
    Optional<TensorFlowNode> centered = normalized.flatMap(node -> input(node, 0, "Mul", "Sub"));
    Optional<TensorFlowNode> mean = centered.flatMap(node -> input(node, 1, "Sub", "Mean"));
    Optional<TensorFlowNode> variance =
        normalized
            .flatMap(node -> input(node, 1, "Mul", "Rsqrt"))
            .flatMap(node -> input(node, 0, "Rsqrt", "Add"));
    Optional<ConstantValue> epsilon = variance.flatMap(node -> node.constant(1));
    Optional<TensorFlowNode> square =
        variance
            .flatMap(node -> input(node, 0, "Add", "Mean"))
            .filter(LayerNormPattern::isOfColumns)
            .flatMap(node -> input(node, 0, "Mean", "Square"));
    boolean matches =
        mean.filter(LayerNormPattern::isOfColumns).isPresent()
            && epsilon.isPresent()
            && mean.get().origin(0).equals(centered.get().origin(0))
            && square.isPresent()
            && square.get().origin(0).equals(normalized.get().origin(0));
    return matches
        ? Optional.of(
            sum.onnx()
                .add(
                    "LayerNormalization",
                    List.of(centered.get().input(0), scaled.get().input(1), sum.input(1)),
                    Attribute.of("axis", -1),
                    Attribute.of("epsilon", epsilon.get().floats()[0])))
        : Optional.empty();
  }

  private Optional<TensorFlowNode> input(
      TensorFlowNode node, int index, String operation, String wanted) {
    if (!node.operation().equals(operation)) {
      return Optional.empty();
    }
    NodeDef producer = source.producer(node.origin(index));
    return producer.getOp().equals(wanted)
        ? Optional.of(new TensorFlowNode(producer, source))
        : Optional.empty();
  }

  /** Whether it is the mean of each row of a matrix, and keeps the axis. */
  private static boolean isOfColumns(TensorFlowNode mean) {
    return mean.flag("keep_dims")
        && mean.source().rank(mean.origin(0)).equals(Optional.of(2))
        && mean.constant(1).filter(axes -> Arrays.equals(axes.longs(), new long[] {1})).isPresent();
  }
}
