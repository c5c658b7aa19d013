// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.Gradients;
import dev.bertctl.runtime.encoder.Parameter;
import java.util.LinkedHashMap;
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

  private static final Pattern UNREACHABLE =
      Pattern.compile("partial derivative for node '([^']+)' as it's unreachable");

  private static final String ENCODER = "the encoder's output";

  /** What to use in place of ops that have no gradient in TensorFlow 2.7's C++ library. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("BatchMatMulV2", "matMul on reshaped operands, or mul and sum"),
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
    Map<String, Operand<TFloat32>> sources = new LinkedHashMap<>();
    sources.put(ENCODER, sequence);
    parameters.forEach(parameter -> sources.put(parameter.name(), parameter.value()));
    Map<String, Operand<TFloat32>> results = add(loss, sources);
    parameters.forEach(parameter -> gradients.put(parameter.name(), results.get(parameter.name())));
    return results.get(ENCODER);
  }

  private Map<String, Operand<TFloat32>> add(
      Operand<TFloat32> loss, Map<String, Operand<TFloat32>> sources) {
    try {
      Output<?>[] outputs = sources.values().stream().map(Operand::asOutput).toArray(Output[]::new);
      Output<?>[] results = graph.addGradients(loss.asOutput(), outputs);
      Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();
      sources.keySet().forEach(name -> byName.put(name, checked(results[byName.size()], name)));
      return byName;
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw untrainable(sources, e);
    }
  }

  private UserException untrainable(
      Map<String, Operand<TFloat32>> sources, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher op = NO_GRADIENT.matcher(message);
    if (op.find()) {
      String instead = "an op that has one, or a layer of HeadGraph";
      return untrainable(
          "the op %s has no gradient in TensorFlow 2.7; use %s"
              .formatted(op.group(1), INSTEAD.getOrDefault(op.group(1), instead)),
          failure);
    }
    Matcher node = UNREACHABLE.matcher(message);
    if (node.find()) {
      for (Map.Entry<String, Operand<TFloat32>> source : sources.entrySet()) {
        if (source.getValue().op().name().equals(node.group(1))) {
          return untrainable(independence(source.getKey()), failure);
        }
      }
    }
    return untrainable(message, failure);
  }

  private UserException untrainable(String problem, RuntimeException cause) {
    return new UserException(
        "the head of task '%s' cannot be trained: %s".formatted(task, problem), cause);
  }

  @SuppressWarnings("unchecked")
  private Operand<TFloat32> checked(Output<?> gradient, String name) {
    try {
      // Behind a stopGradient TensorFlow gives an output of no operation, which has no name.
      gradient.op().name();
    } catch (IllegalStateException e) {
      throw untrainable(independence(name), e);
    }
    return (Operand<TFloat32>) gradient;
  }

  private static String independence(String name) {
    String remedy = "use it in the loss, or do not make it a parameter";
    if (name.equals(ENCODER)) {
      remedy = "read sequence() or pooled(), and no stopGradient of them";
    } else if (name.startsWith("pooler.")) {
      remedy = "use pooled() in the loss, or let usesPooler() say no";
    }
    return "its loss does not depend on %s; %s".formatted(name, remedy);
  }
}
