// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.graph;

import dev.bertctl.core.UserException;
import dev.bertctl.core.encoder.Gradients;
import dev.bertctl.core.encoder.Parameter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow's gradients of what stands on the encoder, with errors that a plugin's author can act
 * on.
 */
final class HeadGradients {

  private static final Pattern NO_GRADIENT = Pattern.compile("No gradient defined for op: (\\w+)");

  /** What to use in place of ops that have no gradient in TensorFlow 2.7's C++ library. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("BatchMatMulV2", "tf.train.batchMatMul of the op type BatchMatMul, or matMul"),
          Map.entry("BatchMatMulV3", "matMul on reshaped operands, or mul and sum"),
          Map.entry("Gather", "tf.gather, which makes GatherV2"),
          Map.entry("SparseSoftmaxCrossEntropyWithLogits", "HeadGraph.softmaxCrossEntropy"),
          Map.entry("Einsum", "matMul with reshape and transpose"),
          Map.entry("Select", "mul with a mask cast to float"),
          Map.entry("SelectV2", "mul with a mask cast to float"),
          Map.entry("UnsortedSegmentSum", "matMul with a one-hot matrix"),
          Map.entry("TopKV2", "max, or a mask made under stopGradient"),
          Map.entry("OnesLike", "fill, or stopGradient around it"));

  private final String task;
  private final Graph graph;

  HeadGradients(String task, Graph graph) {
    this.task = task;
    this.graph = graph;
  }

  /**
   * Takes the gradients of the loss.
   *
   * @param loss scalar
   * @param sequence the encoder's last hidden states
   * @param parameters the pooler's and the head's
   * @param gradients where the parameters' gradients go
   * @return the gradient of the last hidden states
   */
  Operand<TFloat32> of(
      Operand<TFloat32> loss,
      Operand<TFloat32> sequence,
      List<Parameter> parameters,
      Gradients gradients) {
    Output<?>[] sources = new Output<?>[parameters.size() + 1];
    sources[0] = sequence.asOutput();
    for (int i = 0; i < parameters.size(); i++) {
      sources[i + 1] = parameters.get(i).value().asOutput();
    }
    Output<?>[] results = add(loss, sources);
    for (int i = 0; i < parameters.size(); i++) {
      gradients.put(parameters.get(i).name(), checked(results[i + 1], parameters.get(i).name()));
    }
    return checked(results[0], "the encoder's output");
  }

  private Output<?>[] add(Operand<TFloat32> loss, Output<?>[] sources) {
    try {
      return graph.addGradients(loss.asOutput(), sources);
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      Matcher matcher = NO_GRADIENT.matcher(message);
      if (!matcher.find()) {
        throw new UserException(
            "the head of task '%s' cannot be trained: %s".formatted(task, message), e);
      }
      String op = matcher.group(1);
      throw new UserException(
          "the head of task '%s' cannot be trained: the op %s has no gradient in TensorFlow 2.7; use %s"
              .formatted(
                  task,
                  op,
                  INSTEAD.getOrDefault(op, "an op that has one, or a layer of HeadGraph")),
          e);
    }
  }

  @SuppressWarnings("unchecked")
  private Operand<TFloat32> checked(Output<?> gradient, String name) {
    if (gradient == null) {
      throw new UserException(
          "the head of task '%s' cannot be trained: its loss does not depend on %s; use it in the loss, or do"
                  .formatted(task, name)
              + " not make it a parameter");
    }
    return (Operand<TFloat32>) gradient;
  }
}
