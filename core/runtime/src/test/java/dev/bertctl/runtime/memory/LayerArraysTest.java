// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.Encoder;
import dev.bertctl.runtime.encoder.EncoderInput;
import dev.bertctl.runtime.encoder.Gradients;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The arrays that are counted against those of a graph: what the ops of the forward give to ops of
 * the backward, computed and measured.
 */
class LayerArraysTest {

  /** R is 45, the size of nothing else. */
  private static final BatchShape BATCH = new BatchShape(5, 9, 0);

  @BeforeAll
  static void loadTensorFlow() {
    TensorFlowEngine.load();
  }

  static Stream<BertConfig> configs() {
    BertConfig plain = TinyBert.config(0);
    return Stream.of(
        plain, TinyBert.config(0.1), with(BertConfig.Activation.GELU_NEW), plain.asInD2l());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void whatIsKeptIsWhatTheBackwardOfAGraphReads(BertConfig config) {
    LayerArrays arrays = new LayerArrays(config, BATCH);
    long counted = config.layers() * arrays.kept() + arrays.keptByEmbeddings();
    assertEquals(counted, valuesRead(config));
  }

  @Test
  void weightsAreThoseOfALayer() {
    BertConfig config = TinyBert.config(0);
    long values =
        BertParameters.encoder(config).stream()
            .filter(spec -> spec.name().startsWith("encoder.layer.0."))
            .mapToLong(ParameterSpec::size)
            .sum();
    assertEquals(values, new LayerArrays(config, BATCH).layerWeights());
  }

  private static BertConfig with(BertConfig.Activation activation) {
    BertConfig c = TinyBert.config(0.1);
    return new BertConfig(
        c.vocabSize(),
        c.hiddenSize(),
        c.layers(),
        c.heads(),
        c.intermediateSize(),
        activation,
        c.maxPositions(),
        c.typeVocabSize(),
        c.layerNormEpsilon(),
        c.hiddenDropout(),
        c.attentionDropout(),
        c.classifierDropout(),
        c.initializerRange(),
        c.padTokenId(),
        c.attentionMask(),
        c.variant(),
        c.tiesWordEmbeddings());
  }

  /** Values of the batch's arrays that the backward reads; not the single ones of a row. */
  private static long valuesRead(BertConfig config) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters parameters = Parameters.trained(tf);
      parameters.declare(BertParameters.encoder(config));
      DropoutSource dropouts = new DropoutSource(tf, Optional.of(tf.constant(1L)));
      Encoder encoder =
          new Encoder(tf, parameters, dropouts, config, AttentionMask.BIDIRECTIONAL, false);
      int[][] ones = new int[BATCH.sequences()][BATCH.tokens()];
      for (int[] row : ones) {
        Arrays.fill(row, 1);
      }
      encoder.forward(EncoderInput.of(tf, tf.constant(ones), tf.constant(ones), tf.constant(ones)));
      Set<String> forward = names(graph);
      Operand<TFloat32> upstream =
          tf.constant(new float[BATCH.sequences()][BATCH.tokens()][config.hiddenSize()]);
      Set<String> trained = ParameterSpec.shapes(BertParameters.encoder(config)).keySet();
      encoder.backward(Map.of(config.layers(), upstream), new Gradients(tf, trained));
      Map<String, Operand<?>> read = new LinkedHashMap<>();
      graph
          .operations()
          .forEachRemaining(
              op -> {
                if (!forward.contains(op.name())) {
                  op.inputs()
                      .forEach(
                          input -> {
                            if (forward.contains(input.op().name())
                                && input.type().equals(TFloat32.class)) {
                              read.put(input.op().name(), input);
                            }
                          });
                }
              });
      try (Session session = new Session(graph)) {
        initialize(tf, session, parameters);
        Session.Runner runner = session.runner();
        read.values().forEach(runner::fetch);
        long values = 0;
        for (Tensor tensor : TensorFlowLine.run(runner)) {
          values += isOfBatch(tensor.shape()) ? tensor.shape().size() : 0;
          tensor.close();
        }
        return values;
      }
    }
  }

  /** Rows of tokens, or arrays by heads; others are weights and constants. */
  private static boolean isOfBatch(Shape shape) {
    return shape.numDimensions() == 4
        || shape.numDimensions() == 2
            && shape.asArray()[0] == BATCH.rows()
            && shape.asArray()[1] > 1;
  }

  private static Set<String> names(Graph graph) {
    Set<String> names = new HashSet<>();
    graph.operations().forEachRemaining(op -> names.add(op.name()));
    return names;
  }

  private static void initialize(Ops tf, Session session, Parameters parameters) {
    Session.Runner runner = session.runner();
    for (Parameter parameter : parameters.all()) {
      Operand<TFloat32> zeros =
          tf.fill(tf.constant(parameter.spec().dimensions()), tf.constant(0.5f));
      runner.addTarget(tf.assignVariableOp(parameter.handle(), zeros).op());
    }
    runner.run();
  }
}
