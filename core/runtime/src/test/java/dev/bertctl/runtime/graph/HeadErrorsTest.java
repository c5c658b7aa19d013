// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What the author of a head is told. */
class HeadErrorsTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("opsWithoutGradient")
  void opWithoutGradientIsNamedWithItsReplacement(
      String op, String instead, Function<HeadGraph, Operand<TFloat32>> layers) {
    assertMessage(
        "the head of task 'toy' cannot be trained: the op %s has no gradient in TensorFlow 2.7; use %s"
            .formatted(op, instead),
        TestHead.between(layers));
  }

  static Stream<Arguments> opsWithoutGradient() {
    return Stream.of(
        op(
            "Einsum",
            "matMul with reshape and transpose",
            graph -> graph.tf().linalg.einsum(List.of(graph.pooled(), square(graph)), "bh,hk->bk")),
        op(
            "Gather",
            "tf.gather, which makes GatherV2",
            graph -> made(graph.tf(), "Gather", graph.pooled(), indices(graph))),
        op(
            "SelectV2",
            "mul with a mask cast to float",
            graph -> {
              Ops tf = graph.tf();
              Operand<TFloat32> zero = tf.constant(0f);
              return tf.select(tf.math.greater(graph.pooled(), zero), graph.pooled(), zero);
            }),
        op(
            "BatchMatMulV2",
            "matMul on reshaped operands, or mul and sum",
            graph -> made(graph.tf(), "BatchMatMulV2", graph.pooled(), square(graph))),
        op(
            "UnsortedSegmentSum",
            "matMul with a one-hot matrix",
            graph ->
                graph
                    .tf()
                    .math
                    .unsortedSegmentSum(graph.pooled(), indices(graph), graph.tf().constant(4))),
        op(
            "TopKV2",
            "max, or a mask made under stopGradient",
            graph -> graph.tf().nn.topK(graph.pooled(), graph.tf().constant(16)).values()),
        op(
            "OnesLike",
            "fill, or stopGradient around it",
            graph -> graph.tf().math.mul(graph.pooled(), graph.tf().onesLike(graph.pooled()))),
        op(
            "Cumprod",
            "an op that has one, or a layer of HeadGraph",
            graph -> graph.tf().math.cumprod(graph.pooled(), graph.tf().constant(1))));
  }

  @Test
  void sparseCrossEntropyIsReplacedByTheLayer() {
    assertMessage(
        "the head of task 'toy' cannot be trained: the op SparseSoftmaxCrossEntropyWithLogits has no gradient in"
            + " TensorFlow 2.7; use HeadGraph.softmaxCrossEntropy",
        new TestHead(
            TargetSpec.LABEL,
            true,
            List.of("a", "b"),
            graph -> {
              Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 2);
              Operand<TFloat32> losses =
                  graph.tf().nn.sparseSoftmaxCrossEntropyWithLogits(logits, graph.targets()).loss();
              return new HeadOutput(logits, losses, graph.tf().onesLike(losses));
            }));
  }

  @Test
  void parameterThatTheLossDoesNotDependOn() {
    assertMessage(
        "the head of task 'toy' cannot be trained: its loss does not depend on extra.weight; use it in the loss, or"
            + " do not make it a parameter",
        TestHead.between(
            graph -> {
              graph.parameter("extra.weight", Initializer.NORMAL, 3);
              return graph.pooled();
            }));
  }

  @Test
  void poolerThatTheLossDoesNotDependOn() {
    assertMessage(
        "the head of task 'toy' cannot be trained: its loss does not depend on pooler.dense.weight; use pooled() in"
            + " the loss, or let usesPooler() say no",
        TestHead.between(graph -> first(graph)));
  }

  @Test
  void encoderThatTheLossDoesNotDependOn() {
    assertMessage(
        "the head of task 'toy' cannot be trained: its loss does not depend on the encoder's output; read sequence()"
            + " or pooled(), and no stopGradient of them",
        withoutPooler(graph -> graph.tf().stopGradient(first(graph))));
  }

  @Test
  void pooledReadWithoutAPooler() {
    assertMessage(
        "the head of task 'toy' cannot be built: it reads pooled(), but its usesPooler() says no; make it say yes, or"
            + " read sequence()",
        withoutPooler(HeadGraph::pooled));
  }

  @Test
  void logitsThatDependOnTheTargets() {
    assertMessage(
        "the head of task 'toy' cannot be built: its logits depend on the targets, which prediction does not have;"
            + " make them of the encoder's output alone",
        TestHead.between(
            graph ->
                graph
                    .tf()
                    .math
                    .add(
                        graph.pooled(),
                        graph
                            .tf()
                            .expandDims(
                                graph.hasTarget(graph.targets()), graph.tf().constant(1)))));
  }

  @Test
  void lossesAndWeightsOfMoreDimensions() {
    assertMessage(
        "the head of task 'toy' cannot be built: its losses have the shape [?, 1]; make them one-dimensional, one for"
            + " each target",
        output((graph, losses) -> column(graph, losses), (graph, weights) -> weights));
    assertMessage(
        "the head of task 'toy' cannot be built: its weights have the shape [?, 1]; make them one-dimensional, one for"
            + " each target",
        output((graph, losses) -> losses, (graph, weights) -> column(graph, weights)));
  }

  @Test
  void targetsOfAnotherKind() {
    assertMessage(
        "the head of task 'toy' cannot be built: it reads targets(), but its target() is NUMBER; read numbers(), or"
            + " name another target",
        new TestHead(
            TargetSpec.NUMBER,
            true,
            List.of("a", "b"),
            TestHead.between(HeadGraph::pooled).layers()));
    assertMessage(
        "the head of task 'toy' cannot be built: it reads numbers(), but its target() is LABEL; read targets(), or"
            + " name another target",
        TestHead.between(
            graph ->
                graph
                    .tf()
                    .math
                    .mul(
                        graph.pooled(),
                        graph.tf().expandDims(graph.numbers(), graph.tf().constant(1)))));
  }

  @Test
  void layersThatAreGivenOtherDimensions() {
    assertMessage(
        "the head of task 'toy' cannot be built: dense 'extra' takes [rows, in], and not [?, ?, 16]; tokens() has such"
            + " rows",
        withoutPooler(graph -> graph.dense("extra", graph.sequence(), 2)));
    assertMessage(
        "the head of task 'toy' cannot be built: layerNorm 'extra' takes [rows, units], and not [?, ?, 16]; tokens()"
            + " has such rows",
        withoutPooler(graph -> graph.layerNorm("extra", graph.sequence())));
    assertMessage(
        "the head of task 'toy' cannot be built: gather takes [N,T,units], and not [?, 16]; perToken() makes that of"
            + " rows",
        withoutPooler(graph -> graph.gather(graph.tokens(), graph.attentionMask())));
    assertMessage(
        "the head of task 'toy' cannot be built: softmaxCrossEntropy takes logits [rows, L], and not [?, ?, 16]; use"
            + " reshape",
        withoutPooler(graph -> graph.softmaxCrossEntropy(graph.sequence(), graph.targets())));
    assertMessage(
        "the head of task 'toy' cannot be built: softmaxCrossEntropy takes targets [rows], and not [?, ?]; use reshape",
        withoutPooler(graph -> graph.softmaxCrossEntropy(graph.tokens(), graph.attentionMask())));
  }

  @Test
  void parameterNamedLikeTheEncoders() {
    assertMessage(
        "the head of task 'toy' cannot be built: its parameter 'bert.pooler.dense.weight' has a name that is the"
            + " encoder's to give; choose another beginning",
        TestHead.between(graph -> graph.dense("bert.pooler.dense", graph.pooled(), 16)));
  }

  private static Operand<TFloat32> column(HeadGraph graph, Operand<TFloat32> values) {
    return graph.tf().expandDims(values, graph.tf().constant(1));
  }

  private static TestHead output(
      BiFunction<HeadGraph, Operand<TFloat32>, Operand<TFloat32>> losses,
      BiFunction<HeadGraph, Operand<TFloat32>, Operand<TFloat32>> weights) {
    TestHead head = TestHead.between(HeadGraph::pooled);
    return new TestHead(
        head.target(),
        true,
        head.labels(),
        graph -> {
          HeadOutput output = head.build(graph);
          return new HeadOutput(
              output.logits(),
              losses.apply(graph, output.losses()),
              weights.apply(graph, output.weights()));
        });
  }

  @Test
  void opThatCannotBeBuilt() {
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                create(
                    TestHead.between(
                        graph ->
                            graph
                                .tf()
                                .math
                                .add(
                                    graph.pooled(),
                                    graph.parameter("extra.weight", Initializer.NORMAL, 3)))));
    assertEquals(
        "the head of task 'toy' cannot be built: Dimensions must be equal, but are 16 and 3 for",
        e.getMessage().substring(0, Math.min(86, e.getMessage().length())));
  }

  private static Arguments op(
      String op, String instead, Function<HeadGraph, Operand<TFloat32>> layers) {
    return Arguments.of(op, instead, layers);
  }

  /** The first token's hidden state, [B,H]. */
  private static Operand<TFloat32> first(HeadGraph graph) {
    return graph.tf().gather(graph.sequence(), graph.tf().constant(0), graph.tf().constant(1));
  }

  private static Operand<TInt32> indices(HeadGraph graph) {
    return graph.tf().constant(new int[] {0, 1});
  }

  private static Operand<TFloat32> square(HeadGraph graph) {
    return graph.parameter("square.weight", Initializer.NORMAL, 16, 16);
  }

  private static TestHead withoutPooler(Function<HeadGraph, Operand<TFloat32>> layers) {
    TestHead head = TestHead.between(layers);
    return new TestHead(head.target(), false, head.labels(), head.layers());
  }

  /** An op that TF-Java has no method for. */
  private static Operand<TFloat32> made(Ops tf, String type, Operand<?>... inputs) {
    Scope scope = tf.scope();
    var builder = scope.env().opBuilder(type, scope.makeOpName(type), scope);
    for (Operand<?> input : inputs) {
      builder.addInput(input.asOutput());
    }
    return builder.build().output(0);
  }

  private static void assertMessage(String expected, Head head) {
    UserException e = assertThrows(UserException.class, () -> create(head));
    assertEquals(expected, e.getMessage());
  }

  private static void create(Head head) {
    BertModel.create("toy", TinyBert.config(0), head, BertModel.Mode.TRAINING, ComputeDevice.CPU)
        .close();
  }
}
