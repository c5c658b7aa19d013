// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BatchedProduct;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.tensorflow.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * What a forward pass would take if it were nothing but the matrix products of its layers, one
 * after the other, each as fast as TensorFlow multiplies alone. Nothing that computes in these
 * products is faster.
 */
final class MatrixProducts {

  private static final int TIMES = 9;

  private MatrixProducts() {}

  /** Seconds of all layers' products for a batch. */
  static double seconds(BertConfig config, int batch, int tokens) {
    int rows = batch * tokens;
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    int heads = batch * config.heads();
    double layer =
        4 * product(1, rows, hidden, hidden)
            + product(1, rows, hidden, inner)
            + product(1, rows, inner, hidden)
            + product(heads, tokens, config.headSize(), tokens)
            + product(heads, tokens, tokens, config.headSize());
    return config.layers() * layer;
  }

  /** Of [batch,m,k] and [batch,k,n]. */
  private static double product(int batch, int m, int k, int n) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> product =
          batch == 1
              ? tf.linalg.matMul(
                  variable(tf, "a", m, k), variable(tf, "b", n, k), MatMul.transposeB(true))
              : BatchedProduct.of(
                  tf, variable(tf, "a", batch, m, k), variable(tf, "b", batch, k, n));
      try (Session session = new Session(graph)) {
        Session.Runner assign = session.runner();
        graph
            .operations()
            .forEachRemaining(
                op -> {
                  if (op.type().equals("AssignVariableOp")) {
                    assign.addTarget(op);
                  }
                });
        assign.run();
        Timed timed = new Timed(TIMES);
        for (int i = 0; i < TIMES + Timed.WARM_UP; i++) {
          timed.time(
              () -> {
                try (SessionRun run = new SessionRun(session)) {
                  run.target(product).run();
                }
              });
        }
        return timed.median();
      }
    }
  }

  /** Of constants TensorFlow would compute the product once. */
  private static Operand<TFloat32> variable(Ops tf, String name, int... shape) {
    long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
    var handle =
        tf.varHandleOp(
            TFloat32.class, org.tensorflow.ndarray.Shape.of(sizes), VarHandleOp.sharedName(name));
    tf.assignVariableOp(
        handle,
        tf.random.statelessRandomUniform(
            tf.constant(shape), tf.constant(new long[] {1, 2}), TFloat32.class));
    return tf.readVariableOp(handle, TFloat32.class);
  }
}
