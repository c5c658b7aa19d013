// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A linear-chain conditional random field (Lafferty et al. 2001) on the scores that a dense layer
 * gives each token: the score of a sequence of labels is the sum of its tokens' scores and of its
 * transitions', and the loss is the exact negative log-likelihood of the gold labels.
 *
 * <p>Its logits are [B,T,S·S]: for each token the score of each label there (column) after each
 * label before (row). S is L + 1: the last state is that of being before the first label. Tokens
 * without a target are no part of the chain.
 *
 * <p>With two labels, all transitions 0 and the scores (0, ln 3) of both of two tokens, the labels
 * (1, 0) have the loss -ln 0.75 - ln 0.25 = 1.6740.
 *
 * @param labels the labels in their order
 */
record CrfHead(List<String> labels) implements Head {

  /** The score of what cannot be: its exponential is 0 in float32, whatever it is added to. */
  private static final float NEVER = -1e6f;

  /**
   * Adam moves a parameter by about the learning rate a step, which is far too little for
   * transitions that begin at 0: they are kept as a hundredth of what they mean.
   */
  private static final float TRANSITION_SCALE = 100;

  /** Copies the labels. */
  CrfHead {
    labels = List.copyOf(labels);
  }

  @Override
  public String architecture() {
    return "BertForTokenClassification";
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.labelPerToken(labels.size()));
  }

  private int states() {
    return labels.size() + 1;
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    int size = states() * states();
    Operand<TFloat32> steps = steps(graph); // [B·T,S,S]
    Operand<TInt32> targets = tf.reshape(graph.targets(), ints(tf, -1)); // [B·T]
    Operand<TFloat32> counted =
        tf.reshape(graph.hasTarget(targets), ints(tf, -1, 1, 1)); // [B·T,1,1]
    Operand<TFloat32> left = tf.math.sub(tf.constant(1f), counted);
    // A token without target is the identity: the state after it is the one before it.
    Operand<TFloat32> free =
        tf.math.add(tf.math.mul(steps, counted), tf.math.mul(identity(tf), left));
    Operand<TFloat32> others =
        tf.oneHot(targets, tf.constant(states()), tf.constant(0f), tf.constant(NEVER)); // [B·T,S]
    Operand<TFloat32> held =
        tf.math.add(free, tf.math.mul(tf.reshape(others, ints(tf, -1, 1, states())), counted));
    Operand<TFloat32> losses = tf.math.sub(logSum(graph, free), logSum(graph, held)); // [B]
    Operand<TFloat32> weights =
        tf.reduceMax(graph.hasTarget(graph.targets()), tf.constant(1)); // [B]
    Operand<TFloat32> logits =
        graph.perToken(tf.reshape(steps, ints(tf, -1, size)), size); // [B,T,S·S]
    return HeadOutput.logits(Layout.PER_TOKEN, logits).trainedOn(losses, weights);
  }

  /**
   * The scores of going from each state to each at each token.
   *
   * @return [B·T,S,S]
   */
  private Operand<TFloat32> steps(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> scores =
        graph.dense("classifier", graph.dropout(graph.tokens()), labels.size()); // [B·T,L]
    Operand<TFloat32> transitions =
        tf.math.mul(
            graph.parameter("crf.transitions", Initializer.ZEROS, states(), labels.size()),
            tf.constant(TRANSITION_SCALE)); // [S,L]
    float[][] never = new float[states()][1];
    Arrays.stream(never).forEach(row -> row[0] = NEVER);
    Operand<TFloat32> square =
        tf.concat(List.of(transitions, tf.constant(never)), tf.constant(1)); // [S,S]
    Operand<TFloat32> perState = tf.linalg.matMul(scores, tf.constant(oneColumnMore())); // [B·T,S]
    return tf.math.add(tf.reshape(perState, ints(tf, -1, 1, states())), square);
  }

  /** A product with it adds a column of zeros, [L,S]. */
  private float[][] oneColumnMore() {
    float[][] matrix = new float[labels.size()][states()];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i][i] = 1;
    }
    return matrix;
  }

  /** The step that changes nothing, [S,S]. */
  private Operand<TFloat32> identity(Ops tf) {
    float[][] matrix = new float[states()][states()];
    for (int i = 0; i < states(); i++) {
      Arrays.fill(matrix[i], NEVER);
      matrix[i][i] = 0;
    }
    return tf.constant(matrix);
  }

  /**
   * The log of the sum, over all sequences of states, of their exponentiated scores.
   *
   * <p>Steps are multiplied as matrices are, with log-sum-exp for the sum and addition for the
   * product; and as that is associative, neighbours are multiplied in pairs until one is left. So
   * the graph grows with the logarithm of the longest sequence, and needs no loop, which
   * TensorFlow's C++ library could not differentiate.
   *
   * @param steps [B·T,S,S]
   * @return [B]
   */
  private Operand<TFloat32> logSum(HeadGraph graph, Operand<TFloat32> steps) {
    Ops tf = graph.tf();
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(graph.maxTokens() - 1);
    Operand<TInt32> shape = tf.shape(graph.attentionMask()); // [B,T]
    Operand<TInt32> sequences = tf.gather(shape, tf.constant(0), tf.constant(0));
    Operand<TInt32> length = tf.gather(shape, tf.constant(1), tf.constant(0));
    Operand<TFloat32> chain = steps;
    for (int level = 0; level < levels; level++) {
      Operand<TInt32> odd = tf.math.mod(length, tf.constant(2));
      Operand<TFloat32> filled =
          tf.concat(
              List.of(
                  tf.reshape(chain, matrices(tf, sequences, length)),
                  tf.broadcastTo(identity(tf), matrices(tf, sequences, odd))),
              tf.constant(1));
      List<? extends Operand<TFloat32>> pair =
          tf.unstack(tf.reshape(filled, ints(tf, -1, 2, states(), states())), 2L, Unstack.axis(1L))
              .output();
      chain = product(tf, pair.get(0), pair.get(1));
      length = tf.math.div(tf.math.add(length, odd), tf.constant(2));
    }
    Operand<TFloat32> fromStart =
        tf.slice(chain, ints(tf, 0, labels.size(), 0), ints(tf, -1, 1, -1)); // [B,1,S]
    return tf.reshape(logSumExp(tf, fromStart, 2), ints(tf, -1));
  }

  private Operand<TInt32> matrices(Ops tf, Operand<TInt32> sequences, Operand<TInt32> length) {
    Operand<TInt32> states = tf.constant(states());
    return tf.stack(List.of(sequences, length, states, states));
  }

  /** Both steps one after the other, [N,S,S]. */
  private Operand<TFloat32> product(Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    Operand<TFloat32> ways =
        tf.math.add(
            tf.expandDims(first, tf.constant(3)),
            tf.expandDims(second, tf.constant(1))); // [N,S,S,S]
    return tf.reshape(logSumExp(tf, ways, 2), ints(tf, -1, states(), states()));
  }

  /** Keeps the axis, with size 1. */
  private static Operand<TFloat32> logSumExp(Ops tf, Operand<TFloat32> x, int axis) {
    Operand<TInt32> along = tf.constant(axis);
    Operand<TFloat32> largest = tf.stopGradient(tf.reduceMax(x, along, ReduceMax.keepDims(true)));
    Operand<TFloat32> sum = tf.sum(tf.math.exp(tf.math.sub(x, largest)), along, Sum.keepDims(true));
    return tf.math.add(tf.math.log(sum), largest);
  }

  private static Operand<TInt32> ints(Ops tf, int... values) {
    return tf.constant(values);
  }
}
