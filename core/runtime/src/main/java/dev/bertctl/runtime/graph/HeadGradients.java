// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.Gradients;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
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

  private final String task;
  private final Graph graph;
  private final Purpose purpose;
  private final Ops tf;

  /**
   * @param task name of the task, for errors
   * @param purpose what the gradients are for
   */
  HeadGradients(String task, Graph graph, Purpose purpose) {
    this.task = task;
    this.graph = graph;
    this.purpose = purpose;
    this.tf = Ops.create(graph);
  }

  /** What gradients are taken for, as messages tell it. */
  enum Purpose {
    /** Those of a loss, for an update of the parameters. */
    TRAINING("cannot be trained", "its loss", "in the loss"),
    /** Those of an output, for what it depends on. */
    EXPLANATION("has no gradients to explain it by", "its output", "in the output");

    private final String failure;
    private final String differentiated;
    private final String place;

    Purpose(String failure, String differentiated, String place) {
      this.failure = failure;
      this.differentiated = differentiated;
      this.place = place;
    }
  }

  /**
   * Takes the gradients of the loss.
   *
   * @param loss scalar
   * @param encoded what the head read of the encoder
   * @param parameters those of the pooler and the head that are trained
   * @param gradients where the parameters' gradients go
   * @return the gradients of the hidden states, by their index; at least that of the last, unless
   *     the whole encoder is frozen
   */
  Map<Integer, Operand<TFloat32>> of(
      Operand<TFloat32> loss, Encoded encoded, List<Parameter> parameters, Gradients gradients) {
    int last = encoded.hiddenStates().size() - 1;
    int lowest = gradients.lowestState(last);
    Map<Integer, Operand<TFloat32>> read = read(loss, encoded);
    read.keySet().removeIf(index -> index < lowest);
    Map<String, Operand<TFloat32>> sources = new LinkedHashMap<>();
    read.forEach((index, states) -> sources.put(ENCODER + " " + index, states));
    Optional<Operand<TFloat32>> words =
        encoded.wordEmbeddings().filter(tied -> gradients.trains(BertParameters.WORD_EMBEDDINGS));
    words.ifPresent(tied -> sources.put(BertParameters.WORD_EMBEDDINGS, tied));
    parameters.forEach(parameter -> sources.put(parameter.name(), parameter.value()));
    if (sources.isEmpty()) {
      throw undifferentiable("all that its loss depends on is frozen; freeze less");
    }
    Map<String, Optional<Operand<TFloat32>>> results = add(loss, sources);
    parameters.forEach(
        parameter -> gradients.put(parameter.name(), () -> required(parameter.name(), results)));
    if (words.isPresent()) {
      gradients.add(
          BertParameters.WORD_EMBEDDINGS, () -> required(BertParameters.WORD_EMBEDDINGS, results));
    }
    Map<Integer, Operand<TFloat32>> states = states(read, results);
    if (lowest <= last) {
      states.computeIfAbsent(last, index -> tf.zerosLike(encoded.sequence()));
    }
    return states;
  }

  /**
   * Takes the gradients of the hidden states alone.
   *
   * @param value what is differentiated, scalar
   * @param encoded what the head read of the encoder
   * @return the gradients by the states' index, at least that of the last
   */
  Map<Integer, Operand<TFloat32>> ofHiddenStates(Operand<TFloat32> value, Encoded encoded) {
    Map<Integer, Operand<TFloat32>> read = read(value, encoded);
    Map<String, Operand<TFloat32>> sources = new LinkedHashMap<>();
    read.forEach((index, states) -> sources.put(ENCODER + " " + index, states));
    Map<Integer, Operand<TFloat32>> states = states(read, add(value, sources));
    states.computeIfAbsent(
        encoded.hiddenStates().size() - 1, index -> tf.zerosLike(encoded.sequence()));
    return states;
  }

  private Map<Integer, Operand<TFloat32>> states(
      Map<Integer, Operand<TFloat32>> read, Map<String, Optional<Operand<TFloat32>>> results) {
    Map<Integer, Operand<TFloat32>> states = new LinkedHashMap<>();
    read.keySet()
        .forEach(
            index ->
                results
                    .get(ENCODER + " " + index)
                    .ifPresent(gradient -> states.put(index, gradient)));
    if (states.isEmpty() && !read.isEmpty()) {
      throw undifferentiable(independence(ENCODER));
    }
    return states;
  }

  private Operand<TFloat32> required(
      String name, Map<String, Optional<Operand<TFloat32>>> results) {
    return results.get(name).orElseThrow(() -> undifferentiable(independence(name)));
  }

  /** The hidden states that the loss depends on, by their index. */
  private Map<Integer, Operand<TFloat32>> read(Operand<TFloat32> loss, Encoded encoded) {
    Set<GraphOperation> used = graph.subgraphTo(Set.of(loss));
    Map<Integer, Operand<TFloat32>> read = new LinkedHashMap<>();
    for (int i = 0; i < encoded.hiddenStates().size(); i++) {
      if (used.contains(encoded.hiddenStates().get(i).op())) {
        read.put(i, encoded.hiddenStates().get(i));
      }
    }
    if (read.isEmpty()) {
      throw undifferentiable(independence(ENCODER));
    }
    return read;
  }

  /** Empty for what the loss depends on only behind a stopGradient. */
  private Map<String, Optional<Operand<TFloat32>>> add(
      Operand<TFloat32> loss, Map<String, Operand<TFloat32>> sources) {
    try {
      Output<?>[] outputs = sources.values().stream().map(Operand::asOutput).toArray(Output[]::new);
      Output<?>[] results = graph.addGradients(loss.asOutput(), outputs);
      Map<String, Optional<Operand<TFloat32>>> byName = new LinkedHashMap<>();
      sources.keySet().forEach(name -> byName.put(name, gradient(results[byName.size()])));
      return byName;
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw undifferentiable(sources, e);
    }
  }

  private UserException undifferentiable(
      Map<String, Operand<TFloat32>> sources, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher op = NO_GRADIENT.matcher(message);
    if (op.find()) {
      String instead = "an op that has one, or a layer of HeadGraph";
      return undifferentiable(
          "the op %s has no gradient in TensorFlow %s; use %s"
              .formatted(
                  op.group(1),
                  TensorFlowLine.NAME,
                  TensorFlowLine.INSTEAD.getOrDefault(op.group(1), instead)),
          failure);
    }
    Matcher node = UNREACHABLE.matcher(message);
    if (node.find()) {
      for (Map.Entry<String, Operand<TFloat32>> source : sources.entrySet()) {
        if (source.getValue().op().name().equals(node.group(1))) {
          return undifferentiable(independence(source.getKey()), failure);
        }
      }
    }
    return undifferentiable(message, failure);
  }

  private UserException undifferentiable(String problem) {
    return new UserException(message(problem));
  }

  private UserException undifferentiable(String problem, RuntimeException cause) {
    return new UserException(message(problem), cause);
  }

  private String message(String problem) {
    return "the head of task '%s' %s: %s".formatted(task, purpose.failure, problem);
  }

  @SuppressWarnings("unchecked")
  private static Optional<Operand<TFloat32>> gradient(Output<?> gradient) {
    try {
      // Behind a stopGradient TensorFlow gives an output of no operation, which has no name.
      gradient.op().name();
      return Optional.of((Operand<TFloat32>) gradient);
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  private String independence(String name) {
    String used = purpose.place;
    String remedy = "use it %s, or do not make it a parameter".formatted(used);
    if (name.startsWith(ENCODER)) {
      remedy = "read sequence() or pooled(), and no stopGradient of them";
    } else if (name.equals(BertParameters.WORD_EMBEDDINGS)) {
      remedy = "use outputEmbeddings() %s, or leave WORD_EMBEDDINGS out of needs()".formatted(used);
    } else if (name.startsWith("pooler.")) {
      remedy = "use pooled() %s, or leave POOLED_OUTPUT out of needs()".formatted(used);
    }
    return "%s does not depend on %s; %s"
        .formatted(purpose.differentiated, name.startsWith(ENCODER) ? ENCODER : name, remedy);
  }
}
