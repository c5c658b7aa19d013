// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.graph;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Small heads, one for each form of target, as plugins might write them. */
public record TestHead(
    TargetSpec target,
    boolean usesPooler,
    List<String> labels,
    Function<HeadGraph, HeadOutput> layers)
    implements Head {

  /** A label for each token: dense on every hidden state; ignored targets weigh nothing. */
  public static TestHead tagger(List<String> labels) {
    return new TestHead(
        TargetSpec.LABEL_PER_TOKEN,
        false,
        labels,
        graph -> {
          Ops tf = graph.tf();
          Operand<TFloat32> flat = graph.dense("classifier", tokens(graph), labels.size());
          Operand<TInt32> targets = tf.reshape(graph.targets(), tf.constant(new int[] {-1}));
          return new HeadOutput(
              perToken(graph, flat, labels.size()),
              graph.softmaxCrossEntropy(flat, targets),
              tf.dtypes.cast(tf.math.greaterEqual(targets, tf.constant(0)), TFloat32.class));
        });
  }

  /** First and last token of a span: two logits a token, none for padding. */
  public static TestHead span() {
    return new TestHead(
        TargetSpec.SPAN,
        false,
        List.of(),
        graph -> {
          Ops tf = graph.tf();
          Operand<TFloat32> logits =
              perToken(graph, graph.dense("qa_outputs", tokens(graph), 2), 2); // [B,T,2]
          Operand<TFloat32> padding =
              tf.math.mul(
                  tf.math.sub(
                      tf.constant(1f), tf.dtypes.cast(graph.attentionMask(), TFloat32.class)),
                  tf.constant(-1e4f)); // [B,T]
          Operand<TFloat32> start = tf.math.add(column(tf, logits, 0), padding);
          Operand<TFloat32> end = tf.math.add(column(tf, logits, 1), padding);
          Operand<TFloat32> losses =
              tf.concat(
                  List.of(
                      graph.softmaxCrossEntropy(start, targetColumn(graph, 0)),
                      graph.softmaxCrossEntropy(end, targetColumn(graph, 1))),
                  tf.constant(0));
          return new HeadOutput(logits, losses, tf.onesLike(losses));
        });
  }

  /** A number: squared error of one output. */
  public static TestHead number() {
    return new TestHead(
        TargetSpec.NUMBER,
        true,
        List.of(),
        graph -> {
          Ops tf = graph.tf();
          Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 1); // [B,1]
          Operand<TFloat32> losses =
              tf.math.square(
                  tf.math.sub(tf.reshape(logits, tf.constant(new int[] {-1})), graph.numbers()));
          return new HeadOutput(logits, losses, tf.onesLike(losses));
        });
  }

  /** One of several sequences: one logit each, none for padding choices. */
  public static TestHead choice() {
    return new TestHead(
        TargetSpec.LABEL,
        true,
        List.of(),
        graph -> {
          Ops tf = graph.tf();
          Operand<TFloat32> each = graph.dense("classifier", graph.pooled(), 1); // [N,1]
          Operand<TFloat32> padding =
              tf.math.mul(
                  tf.math.sub(tf.constant(1f), tf.dtypes.cast(graph.choiceMask(), TFloat32.class)),
                  tf.constant(-1e4f));
          Operand<TFloat32> logits =
              tf.math.add(
                  tf.reshape(each, tf.stack(List.of(tf.constant(-1), graph.choices()))), padding);
          Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets());
          return new HeadOutput(logits, losses, tf.onesLike(losses));
        });
  }

  /** A classifier's head with some layers of its own between pooler and logits. */
  static TestHead between(Function<HeadGraph, Operand<TFloat32>> layers) {
    return new TestHead(
        TargetSpec.LABEL,
        true,
        List.of("a", "b"),
        graph -> {
          Operand<TFloat32> logits = graph.dense("classifier", layers.apply(graph), 2);
          Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets());
          return new HeadOutput(logits, losses, graph.tf().onesLike(losses));
        });
  }

  @Override
  public String architecture() {
    return "BertForTests";
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    return layers.apply(graph);
  }

  private static Operand<TFloat32> tokens(HeadGraph graph) {
    Ops tf = graph.tf();
    return tf.reshape(graph.sequence(), tf.constant(new int[] {-1, graph.hiddenSize()}));
  }

  private static Operand<TFloat32> perToken(HeadGraph graph, Operand<TFloat32> flat, int size) {
    Ops tf = graph.tf();
    Operand<TInt32> shape = tf.shape(graph.attentionMask());
    return tf.reshape(flat, tf.concat(List.of(shape, tf.array(size)), tf.constant(0)));
  }

  private static Operand<TFloat32> column(Ops tf, Operand<TFloat32> logits, int column) {
    return tf.gather(logits, tf.constant(column), tf.constant(2));
  }

  private static Operand<TInt32> targetColumn(HeadGraph graph, int column) {
    return graph.tf().gather(graph.targets(), graph.tf().constant(column), graph.tf().constant(1));
  }
}
