// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.runtime.tensorflow.line.TestRuns;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What the author of a head is told. */
class HeadErrorsTest {

  private static final Set<EncoderNeed> POOLED = Set.of(EncoderNeed.POOLED_OUTPUT);

  @ParameterizedTest(name = "{0}")
  @MethodSource("opsWithoutGradient")
  void opWithoutGradientIsNamedWithItsReplacement(
      String op, String instead, Function<HeadGraph, Operand<TFloat32>> layers) {
    Head head = TestHead.between(layers);
    if (TestRuns.HAVE_A_GRADIENT.contains(op)) {
      create(head);
      return;
    }
    assertMessage(
        "the head of task 'toy' cannot be trained: the op %s has no gradient in TensorFlow %s; use %s"
            .formatted(op, TensorFlowLine.NAME, instead),
        head);
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
            graph ->
                graph
                    .tf()
                    .nn
                    .topK(graph.pooled(), graph.tf().constant(16), new TopK.Options[0])
                    .values()),
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
            + " TensorFlow "
            + TensorFlowLine.NAME
            + "; use HeadGraph.softmaxCrossEntropy",
        TestHead.labelled(
            POOLED,
            graph -> {
              Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 2);
              Operand<TFloat32> losses =
                  graph.tf().nn.sparseSoftmaxCrossEntropyWithLogits(logits, graph.targets()).loss();
              return HeadOutput.logits(Layout.PER_FEATURE, logits)
                  .trainedOn(losses, graph.tf().onesLike(losses));
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
            + " the loss, or leave POOLED_OUTPUT out of needs()",
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
        "the head of task 'toy' cannot be built: it reads pooled(), but its needs() have no POOLED_OUTPUT; name it"
            + " there",
        withoutPooler(HeadGraph::pooled));
  }

  @Test
  void logitsThatDependOnTheTargets() {
    assertMessage(
        "the head of task 'toy' cannot be built: its output 'logits' depends on the targets, which prediction does"
            + " not have; make it of the encoder's output alone",
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
        "the head of task 'toy' cannot be built: the losses of 'loss' have the shape [?, 1]; make them one-dimensional, one for"
            + " each target",
        output((graph, losses) -> column(graph, losses), (graph, weights) -> weights));
    assertMessage(
        "the head of task 'toy' cannot be built: the weights of 'loss' have the shape [?, 1]; make them one-dimensional, one for"
            + " each target",
        output((graph, losses) -> losses, (graph, weights) -> column(graph, weights)));
  }

  @Test
  void targetsOfAnotherKind() {
    assertMessage(
        "the head of task 'toy' cannot be built: it reads targets('target'), whose form is NUMBER; read"
            + " numbers('target'), or name another form",
        new TestHead(
            List.of(TargetSpec.of(TargetSpec.Form.NUMBER)),
            POOLED,
            TestHead.between(HeadGraph::pooled).layers()));
    assertMessage(
        "the head of task 'toy' cannot be built: it reads numbers('target'), whose form is LABEL; read"
            + " targets('target'), or name another form",
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
  void valuesOfUnknownWidth() {
    assertMessage(
        "the head of task 'toy' cannot be built: dense 'extra' takes [rows, in], and the columns of [?, ?] are not"
            + " known; reshape it to [-1, columns]",
        TestHead.between(
            graph ->
                graph.dense(
                    "extra", graph.tf().dtypes.cast(graph.attentionMask(), TFloat32.class), 2)));
    assertMessage(
        "the head of task 'toy' cannot be built: layerNorm 'extra' takes [rows, units], and the columns of its input"
            + " are not known; reshape it to [-1, columns]",
        TestHead.between(graph -> graph.layerNorm("extra", unknown(graph))));
  }

  /** A value of which TensorFlow does not even know the rank. */
  private static Operand<TFloat32> unknown(HeadGraph graph) {
    return graph.tf().placeholder(TFloat32.class, Placeholder.shape(Shape.unknown()));
  }

  @Test
  void parameterAskedForInTwoWays() {
    assertMessage(
        "the head of task 'toy' cannot be built: the parameter 'extra.weight' is asked for as NORMAL [16, 16] and as"
            + " NORMAL [8, 16]; give one of them another name",
        TestHead.between(
            graph -> graph.dense("extra", graph.dense("extra", graph.pooled(), 16), 8)));
    assertMessage(
        "the head of task 'toy' cannot be built: the parameter 'extra' is asked for as ZEROS [16] and as ONES [16];"
            + " give one of them another name",
        TestHead.between(
            graph -> {
              graph.parameter("extra", Initializer.ZEROS, 16);
              return graph
                  .tf()
                  .math
                  .mul(graph.pooled(), graph.parameter("extra", Initializer.ONES, 16));
            }));
  }

  @ParameterizedTest
  @EnumSource(
      value = EncoderNeed.class,
      names = {"HIDDEN_STATES", "ATTENTIONS", "WORD_EMBEDDINGS"})
  void whatIsReadMustBeNeeded(EncoderNeed need) {
    String method =
        switch (need) {
          case HIDDEN_STATES -> "hiddenStates()";
          case ATTENTIONS -> "attentions()";
          default -> "outputEmbeddings()";
        };
    assertMessage(
        "the head of task 'toy' cannot be built: it reads %s, but its needs() have no %s; name it there"
            .formatted(method, need),
        TestHead.between(
            graph -> {
              switch (need) {
                case HIDDEN_STATES -> graph.hiddenStates();
                case ATTENTIONS -> graph.attentions();
                default -> graph.outputEmbeddings("cls.predictions.decoder.weight");
              }
              return graph.pooled();
            }));
  }

  @Test
  void embeddingsThatTheLossDoesNotDependOn() {
    assertMessage(
        "the head of task 'toy' cannot be trained: its loss does not depend on embeddings.word_embeddings.weight; use"
            + " outputEmbeddings() in the loss, or leave WORD_EMBEDDINGS out of needs()",
        TestHead.classifier(
            Set.of(EncoderNeed.POOLED_OUTPUT, EncoderNeed.WORD_EMBEDDINGS), HeadGraph::pooled));
  }

  @Test
  void lossOfAttentionsAlone() {
    assertMessage(
        "the head of task 'toy' cannot be trained: its loss does not depend on the encoder's output; read sequence()"
            + " or pooled(), and no stopGradient of them",
        TestHead.classifier(
            Set.of(EncoderNeed.ATTENTIONS),
            graph ->
                graph
                    .tf()
                    .sum(
                        graph.attentions().get(0),
                        graph.tf().constant(new int[] {2, 3})))); // [N,A]
  }

  @Test
  void parameterBehindAStopGradient() {
    assertMessage(
        "the head of task 'toy' cannot be trained: its loss does not depend on extra; use it in the loss, or do not"
            + " make it a parameter",
        TestHead.between(
            graph ->
                graph
                    .tf()
                    .math
                    .mul(
                        graph.pooled(),
                        graph.tf().stopGradient(graph.parameter("extra", Initializer.ONES, 16)))));
  }

  @Test
  void targetsWithoutLossesAndLossesWithoutTargets() {
    assertMessage(
        "the head of task 'toy' cannot be built: it has targets, but gives no loss; add one with trainedOn, or let"
            + " targets() be none",
        TestHead.labelled(POOLED, graph -> HeadOutput.logits(Layout.PER_FEATURE, graph.pooled())));
    assertMessage(
        "the head of task 'toy' cannot be built: it gives the losses [loss], but its targets() are none; name what it"
            + " trains towards",
        new TestHead(
            List.of(),
            POOLED,
            graph -> {
              Operand<TFloat32> losses = graph.tf().sum(graph.pooled(), graph.tf().constant(1));
              return HeadOutput.logits(Layout.PER_FEATURE, graph.pooled())
                  .trainedOn(losses, graph.tf().onesLike(losses));
            }));
  }

  @Test
  void targetsOfOneName() {
    assertMessage(
        "the head of task 'toy' cannot be built: two of its targets are called 'target'; rename one",
        new TestHead(
            List.of(TargetSpec.label(2), TargetSpec.of(TargetSpec.Form.NUMBER)),
            POOLED,
            TestHead.between(HeadGraph::pooled).layers()));
  }

  @Test
  void targetThatIsNotNamed() {
    assertMessage(
        "the head of task 'toy' cannot be built: it reads the target 'other', but its targets() are [target]; name it"
            + " there",
        TestHead.between(
            graph -> {
              graph.targets("other");
              return graph.pooled();
            }));
  }

  @Test
  void outputsAndLossesOfOneName() {
    assertMessage(
        "the head of task 'toy' cannot be built: two are called 'logits'; rename one",
        TestHead.labelled(
            POOLED,
            graph ->
                HeadOutput.logits(Layout.PER_FEATURE, graph.pooled())
                    .and("logits", Layout.PER_FEATURE, graph.pooled())));
  }

  @Test
  void outputsOfAnotherRank() {
    assertOutput(
        "'logits' has the shape [?, ?, 16], and the layout PER_FEATURE needs [B,columns]",
        Layout.PER_FEATURE,
        HeadGraph::sequence);
    assertOutput(
        "'logits' has the shape [?, 16], and the layout PER_TOKEN needs [B,T,columns]",
        Layout.PER_TOKEN,
        HeadGraph::tokens);
    assertOutput(
        "'logits' has the shape [?, ?, 16], and the layout PER_CHOICE needs [B,C]",
        Layout.PER_CHOICE,
        HeadGraph::sequence);
    assertOutput(
        "'logits' has the shape [?], and the layout PER_POSITION needs [M,columns]",
        Layout.PER_POSITION,
        graph -> graph.tf().sum(graph.atPositions(), graph.tf().constant(1)));
  }

  private static void assertOutput(
      String problem, Layout layout, Function<HeadGraph, Operand<TFloat32>> output) {
    assertMessage(
        "the head of task 'toy' cannot be built: its output %s; reshape it, or name another layout"
            .formatted(problem),
        TestHead.labelled(POOLED, graph -> HeadOutput.logits(layout, output.apply(graph))));
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
    return TestHead.labelled(
        POOLED,
        graph -> {
          HeadOutput output = head.build(graph);
          HeadOutput.Loss loss = output.losses().get(HeadOutput.LOSS);
          return HeadOutput.logits(
                  Layout.PER_FEATURE, output.values().get(HeadOutput.LOGITS).values())
              .trainedOn(losses.apply(graph, loss.values()), weights.apply(graph, loss.weights()));
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

  private static Operand<TFloat32> first(HeadGraph graph) {
    return TestHead.first(graph, graph.sequence());
  }

  private static Operand<TInt32> indices(HeadGraph graph) {
    return graph.tf().constant(new int[] {0, 1});
  }

  private static Operand<TFloat32> square(HeadGraph graph) {
    return graph.parameter("square.weight", Initializer.NORMAL, 16, 16);
  }

  private static TestHead withoutPooler(Function<HeadGraph, Operand<TFloat32>> layers) {
    return TestHead.classifier(Set.of(), layers);
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
    RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT)).close();
  }
}
