// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.graph.TestHead;
import dev.bertctl.runtime.onnx.ops.UnsupportedOpException;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.All;
import org.tensorflow.op.core.Any;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** What heads may be made of gives the same in ONNX Runtime as in TensorFlow. */
class ConvertedHeadsTest {

  /** Functions of rows [B,16], each value in -1 to 1, to rows [B,n]. */
  static List<Arguments> operations() {
    return List.of(
        op("unary", ConvertedHeadsTest::unary),
        op("positive", ConvertedHeadsTest::ofPositive),
        op("binary", ConvertedHeadsTest::binary),
        op("integers", ConvertedHeadsTest::integers),
        op("comparisons", ConvertedHeadsTest::comparisons),
        op("reductions", ConvertedHeadsTest::reductions),
        op("softmax", (tf, x) -> tf.math.add(tf.nn.softmax(x), tf.nn.logSoftmax(x))),
        op("argmax", ConvertedHeadsTest::places),
        op("shapes", ConvertedHeadsTest::shapes),
        op("slices", ConvertedHeadsTest::slices),
        op("parts", ConvertedHeadsTest::parts),
        op("padding", ConvertedHeadsTest::padding),
        op("gather", ConvertedHeadsTest::gathered),
        op("scatter", ConvertedHeadsTest::scattered),
        op("matrices", ConvertedHeadsTest::matrices),
        op("cross entropy", ConvertedHeadsTest::crossEntropy));
  }

  private static Arguments op(
      String name, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    return Arguments.of(name, function);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void operationsAreEqual(
      String name, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    comparison(
            Set.of(EncoderNeed.POOLED_OUTPUT), graph -> function.apply(graph.tf(), graph.pooled()))
        .assertEqualOutputs();
  }

  private static EngineComparison comparison(
      Set<EncoderNeed> needs, Function<HeadGraph, Operand<TFloat32>> outputs) {
    return EngineComparison.of(
        new TestHead(
            List.of(),
            needs,
            graph -> HeadOutput.logits(Layout.PER_FEATURE, outputs.apply(graph))));
  }

  private static Operand<TFloat32> unary(Ops tf, Operand<TFloat32> x) {
    return tf.concat(
        List.of(
            tf.math.neg(x),
            tf.math.abs(x),
            tf.math.exp(x),
            tf.math.expm1(x),
            tf.math.square(x),
            tf.math.tanh(x),
            tf.math.sigmoid(x),
            tf.math.erf(x),
            tf.math.erfc(x),
            tf.math.sin(x),
            tf.math.cos(x),
            tf.math.tan(x),
            tf.math.asin(x),
            tf.math.acos(x),
            tf.math.atan(x),
            tf.math.sinh(x),
            tf.math.cosh(x),
            tf.math.sign(x),
            tf.math.floor(tf.math.mul(x, tf.constant(9f))),
            tf.math.ceil(tf.math.mul(x, tf.constant(9f))),
            tf.math.rint(tf.math.mul(x, tf.constant(9f))),
            tf.math.softplus(x),
            tf.nn.softsign(x),
            tf.nn.relu(x),
            tf.nn.relu6(tf.math.mul(x, tf.constant(9f))),
            tf.nn.elu(x),
            tf.nn.selu(x),
            tf.nn.leakyRelu(x),
            tf.zerosLike(x),
            tf.onesLike(x),
            tf.stopGradient(x)),
        tf.constant(1));
  }

  private static Operand<TFloat32> ofPositive(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> y = tf.math.add(x, tf.constant(2f));
    return tf.concat(
        List.of(
            tf.math.log(y),
            tf.math.log1p(y),
            tf.math.sqrt(y),
            tf.math.rsqrt(y),
            tf.math.reciprocal(y)),
        tf.constant(1));
  }

  private static Operand<TFloat32> binary(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> y = tf.math.add(tf.reverse(x, tf.constant(new int[] {1})), tf.constant(2f));
    Operand<TFloat32> zeros = tf.nn.relu(x);
    return tf.concat(
        List.of(
            tf.math.sub(x, y),
            tf.math.mul(x, y),
            tf.math.div(x, y),
            tf.math.divNoNan(y, zeros),
            tf.math.mulNoNan(y, zeros),
            tf.math.floorDiv(x, y),
            tf.math.floorMod(x, tf.constant(0.3f)),
            tf.math.mod(x, tf.constant(0.3f)),
            tf.math.pow(y, x),
            tf.math.maximum(x, zeros),
            tf.math.minimum(x, zeros),
            tf.math.squaredDifference(x, y),
            tf.clipByValue(x, tf.constant(-0.2f), tf.constant(0.3f)),
            tf.nn.biasAdd(x, tf.constant(new float[16]))),
        tf.constant(1));
  }

  private static Operand<TFloat32> integers(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> i = tf.dtypes.cast(tf.math.mul(x, tf.constant(9f)), TInt32.class); // -9 to 9
    Operand<TInt32> four = tf.constant(4);
    List<Operand<TInt32>> all =
        List.of(
            tf.math.add(i, four),
            tf.math.sub(four, i),
            tf.math.mul(i, i),
            tf.math.div(i, four),
            tf.math.floorDiv(i, four),
            tf.math.floorMod(i, four),
            tf.math.mod(i, four),
            tf.math.maximum(i, four),
            tf.math.minimum(i, four),
            tf.math.neg(i),
            tf.math.abs(i),
            tf.math.cumsum(i, tf.constant(1)));
    return tf.dtypes.cast(tf.concat(all, tf.constant(1)), TFloat32.class);
  }

  private static Operand<TFloat32> comparisons(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> half = tf.constant(0.1f);
    Operand<TBool> more = tf.math.greater(x, half);
    Operand<TBool> less = tf.math.less(x, tf.constant(-0.1f));
    List<Operand<TBool>> all =
        List.of(
            more,
            less,
            tf.math.greaterEqual(x, half),
            tf.math.lessEqual(x, half),
            tf.math.equal(x, tf.nn.relu(x)),
            tf.math.notEqual(x, tf.nn.relu(x)),
            tf.math.logicalAnd(more, tf.math.logicalNot(less)),
            tf.math.logicalOr(more, less),
            tf.select(more, less, more),
            tf.math.isFinite(x),
            tf.math.isNan(x),
            tf.math.isInf(x));
    List<Operand<TFloat32>> numbers =
        new java.util.ArrayList<>(
            all.stream()
                .<Operand<TFloat32>>map(value -> tf.dtypes.cast(value, TFloat32.class))
                .toList());
    numbers.add(tf.select(more, x, tf.zerosLike(x)));
    return tf.concat(numbers, tf.constant(1));
  }

  private static Operand<TFloat32> reductions(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> last = tf.constant(-1);
    Operand<TBool> positive = tf.math.greater(x, tf.constant(0f));
    return tf.concat(
        List.of(
            tf.sum(x, last, Sum.keepDims(true)),
            tf.math.mean(x, tf.constant(1), Mean.keepDims(true)),
            tf.max(x, last, Max.keepDims(true)),
            tf.min(x, last, Min.keepDims(true)),
            tf.prod(x, last, Prod.keepDims(true)),
            tf.expandDims(tf.sum(x, last), tf.constant(1)),
            tf.expandDims(tf.max(x, tf.constant(new int[] {1})), tf.constant(1)),
            tf.dtypes.cast(tf.any(positive, last, Any.keepDims(true)), TFloat32.class),
            tf.dtypes.cast(tf.all(positive, last, All.keepDims(true)), TFloat32.class),
            tf.math.cumsum(x, tf.constant(1)),
            tf.math.cumsum(x, tf.constant(1), Cumsum.exclusive(true), Cumsum.reverse(true))),
        tf.constant(1));
  }

  private static Operand<TFloat32> places(Ops tf, Operand<TFloat32> x) {
    Operand<TInt64> best = tf.math.argMax(x, tf.constant(1));
    Operand<TInt32> worst = tf.math.argMin(x, tf.constant(1), TInt32.class);
    var top = tf.nn.topK(x, tf.constant(3), new TopK.Options[0]);
    return tf.concat(
        List.of(
            tf.expandDims(tf.dtypes.cast(best, TFloat32.class), tf.constant(1)),
            tf.expandDims(tf.dtypes.cast(worst, TFloat32.class), tf.constant(1)),
            top.values(),
            tf.dtypes.cast(top.indices(), TFloat32.class),
            tf.oneHot(worst, tf.constant(16), tf.constant(2f), tf.constant(-1f)),
            tf.oneHot(
                tf.math.sub(worst, tf.constant(8)),
                tf.constant(8),
                tf.constant(1f),
                tf.constant(0f))),
        tf.constant(1));
  }

  private static Operand<TFloat32> shapes(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> rows = tf.gather(tf.shape(x), tf.constant(0), tf.constant(0));
    Operand<TFloat32> cube =
        tf.reshape(x, tf.stack(List.of(rows, tf.constant(4), tf.constant(-1)))); // [B,4,4]
    Operand<TFloat32> turned = tf.linalg.transpose(cube, tf.constant(new int[] {0, 2, 1}));
    Operand<TFloat32> back = tf.reshape(turned, tf.shape(x));
    Operand<TFloat32> count =
        tf.fill(
            tf.stack(List.of(rows, tf.constant(2))),
            tf.dtypes.cast(tf.math.add(tf.size(x), tf.rank(x)), TFloat32.class));
    Operand<TFloat32> wide = tf.tile(x, tf.constant(new int[] {1, 2}));
    Operand<TFloat32> spread =
        tf.broadcastTo(tf.constant(new float[] {1, 2, 3}), tf.stack(List.of(rows, tf.constant(3))));
    Operand<TFloat32> squeezed =
        tf.squeeze(
            tf.expandDims(x, tf.constant(1)), org.tensorflow.op.core.Squeeze.axis(List.of(1L)));
    Operand<TFloat32> range =
        tf.math.mul(
            tf.onesLike(x),
            tf.dtypes.cast(
                tf.range(tf.constant(0), tf.constant(16), tf.constant(1)), TFloat32.class));
    return tf.concat(List.of(back, count, wide, spread, squeezed, range), tf.constant(1));
  }

  private static Operand<TFloat32> slices(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> strided =
        tf.stridedSlice(
            x,
            tf.constant(new int[] {0, 1}),
            tf.constant(new int[] {0, 9}),
            tf.constant(new int[] {1, 2}),
            StridedSlice.beginMask(1L),
            StridedSlice.endMask(1L)); // [:, 1:9:2]
    Operand<TFloat32> last =
        tf.stridedSlice(
            x,
            tf.constant(new int[] {0, -1}),
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {1, 1}),
            StridedSlice.beginMask(1L),
            StridedSlice.endMask(1L),
            StridedSlice.shrinkAxisMask(2L)); // [:, -1]
    Operand<TFloat32> column =
        tf.stridedSlice(
            last,
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {1, 1}),
            StridedSlice.ellipsisMask(1L),
            StridedSlice.newAxisMask(2L)); // [..., None]
    return tf.concat(
        List.of(
            strided,
            column,
            tf.slice(x, tf.constant(new int[] {0, 3}), tf.constant(new int[] {-1, 5})),
            tf.slice(x, tf.constant(new int[] {0, 3}), tf.constant(new int[] {-1, -1})),
            tf.roll(x, tf.constant(3), tf.constant(1)),
            tf.roll(x, tf.constant(-2), tf.constant(1)),
            tf.reverse(x, tf.constant(new int[] {1}))),
        tf.constant(1));
  }

  private static Operand<TFloat32> parts(Ops tf, Operand<TFloat32> x) {
    var halves = tf.split(tf.constant(1), x, 2L).output();
    var sizes = tf.splitV(x, tf.constant(new int[] {3, 5, 8}), tf.constant(1), 3L).output();
    var columns = tf.unstack(x, 16L, org.tensorflow.op.core.Unstack.axis(1L)).output();
    Operand<TFloat32> stacked =
        tf.stack(List.of(columns.get(5), columns.get(0)), org.tensorflow.op.core.Stack.axis(1L));
    return tf.concat(List.of(halves.get(1), sizes.get(2), sizes.get(0), stacked), tf.constant(1));
  }

  private static Operand<TFloat32> padding(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> sizes = tf.constant(new int[][] {{0, 0}, {1, 2}});
    return tf.concat(
        List.of(tf.pad(x, sizes, tf.constant(7f)), tf.mirrorPad(x, sizes, "REFLECT")),
        tf.constant(1));
  }

  private static Operand<TFloat32> gathered(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> columns = tf.constant(new int[] {3, 0, 3});
    Operand<TFloat32> square =
        tf.gatherNd(
            tf.constant(new float[][] {{1, 2}, {3, 4}}), tf.constant(new int[][] {{1, 0}, {0, 1}}));
    return tf.concat(
        List.of(
            tf.gather(x, columns, tf.constant(1)),
            tf.math.mul(tf.gather(x, tf.constant(new int[] {1, 2}), tf.constant(1)), square)),
        tf.constant(1));
  }

  private static Operand<TFloat32> scattered(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> row =
        tf.scatterNd(
            tf.constant(new int[][] {{1}, {3}, {1}}),
            tf.constant(new float[] {1, 2, 3}),
            tf.constant(new int[] {16}));
    return tf.math.mul(x, row);
  }

  private static Operand<TFloat32> matrices(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> cube = tf.reshape(x, tf.constant(new int[] {-1, 4, 4})); // [B,4,4]
    Operand<TFloat32> product =
        tf.train.batchMatMul(
            cube, cube, TFloat32.class, BatchMatMul.adjX(true), BatchMatMul.adjY(true));
    Operand<TFloat32> both = tf.linalg.einsum(List.of(product, cube), "bij,bjk->bik");
    Operand<TFloat32> band = tf.linalg.bandPart(both, tf.constant(1), tf.constant(0));
    Operand<TFloat32> rows =
        tf.linalg.matMul(
            x, tf.constant(square()), org.tensorflow.op.linalg.MatMul.transposeB(true));
    return tf.concat(
        List.of(tf.reshape(band, tf.constant(new int[] {-1, 16})), rows), tf.constant(1));
  }

  private static float[][] square() {
    float[][] square = new float[16][16];
    for (int i = 0; i < 16; i++) {
      square[i][(i * 5) % 16] = i;
    }
    return square;
  }

  private static Operand<TFloat32> crossEntropy(Ops tf, Operand<TFloat32> x) {
    Operand<TInt32> best = tf.math.argMax(x, tf.constant(1), TInt32.class);
    var sparse = tf.nn.sparseSoftmaxCrossEntropyWithLogits(x, best);
    return tf.expandDims(sparse.loss(), tf.constant(1));
  }

  @Test
  void everythingThatAHeadMayReadIsEqual() {
    comparison(
            Set.of(EncoderNeed.HIDDEN_STATES, EncoderNeed.ATTENTIONS),
            graph -> {
              Ops tf = graph.tf();
              Operand<TFloat32> attention =
                  tf.math.mean(graph.attentions().get(1), tf.constant(new int[] {1, 2, 3}));
              Operand<TFloat32> states = tf.math.mean(graph.hiddenStates().get(1), tf.constant(1));
              return tf.concat(
                  List.of(
                      tf.expandDims(attention, tf.constant(1)),
                      states,
                      graph.attentionPooling("pooling"),
                      tf.math.mean(graph.hiddenStates().get(0), tf.constant(1))),
                  tf.constant(1));
            })
        .assertEqualOutputs();
  }

  @Test
  void layersOfAHeadAreEqual() {
    comparison(
            Set.of(EncoderNeed.POOLED_OUTPUT),
            graph ->
                graph.layerNorm("norm", graph.activation(graph.dense("dense", graph.pooled(), 8))))
        .assertEqualOutputs();
  }

  @Test
  void causalAttentionIsEqual() {
    comparison(
            Set.of(EncoderNeed.CAUSAL_ATTENTION),
            graph -> graph.tf().math.mean(graph.sequence(), graph.tf().constant(1)))
        .assertEqualOutputs();
    comparison(
            Set.of(EncoderNeed.CAUSAL_ATTENTION, EncoderNeed.ATTENTIONS),
            graph ->
                graph
                    .tf()
                    .math
                    .mean(graph.attentions().get(0), graph.tf().constant(new int[] {1, 2})))
        .assertEqualOutputs();
  }

  @Test
  void lossesOnHiddenStatesAreEqual() {
    Head head =
        TestHead.labelled(
            Set.of(EncoderNeed.POOLED_OUTPUT),
            graph -> {
              Operand<TFloat32> first = graph.dense("first", graph.pooled(), 2);
              // Of what is for the loss alone the outputs know nothing.
              Operand<TFloat32> second =
                  graph.dense(
                      "second", graph.tf().math.mean(graph.sequence(), graph.tf().constant(1)), 2);
              return HeadOutput.logits(Layout.PER_FEATURE, first)
                  .trainedOn(
                      "a",
                      graph.softmaxCrossEntropy(second, graph.targets()),
                      graph.hasTarget(graph.targets()),
                      0.5)
                  .trainedOn(
                      "b",
                      graph.softmaxCrossEntropy(first, graph.targets()),
                      graph.hasTarget(graph.targets()),
                      2);
            });
    EngineComparison.of(head).assertEqualOutputs();
  }

  @Test
  void anUnknownOperationIsNamed() {
    EngineComparison unknown =
        comparison(
            Set.of(EncoderNeed.POOLED_OUTPUT),
            graph -> graph.tf().math.lgamma(graph.tf().math.exp(graph.pooled())));
    UnsupportedOpException e =
        assertThrows(UnsupportedOpException.class, () -> unknown.open(Engine.ONNXRUNTIME));
    assertEquals("Lgamma", e.operation());
    assertEquals(
        "TensorFlow's operation Lgamma (node 'Lgamma') of the head cannot be converted to ONNX: no operators are known for it",
        e.getMessage());
    OpenedModel opened = unknown.open(Engine.AUTO);
    try (var model = opened.model()) {
      assertEquals(Engine.TENSORFLOW, opened.choice().engine());
      assertEquals(
          "TensorFlow "
              + TensorFlowEngine.load()
              + " computes: the head of task 'toy' holds the operation Lgamma (node 'Lgamma'), which is not known how to write in ONNX",
          opened.choice().summary());
      assertEquals(1, model.predict(unknown.batch(5)).size());
    }
  }
}
