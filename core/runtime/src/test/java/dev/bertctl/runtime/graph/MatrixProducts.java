// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BatchedProduct;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.runtime.tensorflow.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * What a forward pass would take if it were nothing but the matrix products of its layers, one
 * after the other, each as fast as TensorFlow multiplies alone. Nothing that computes in these
 * products is faster.
 */
final class MatrixProducts {

  private static final int TIMES = 9;

  private final ComputeDevice device;
  private final Precision precision;
  private final Class<? extends TFloating> type;

  /**
   * @param device where they are multiplied
   * @param precision of what is multiplied
   */
  MatrixProducts(ComputeDevice device, Precision precision) {
    this.device = device;
    this.precision = precision;
    this.type =
        switch (precision) {
          case FLOAT32, TF32 -> TFloat32.class;
          case FLOAT16 -> TFloat16.class;
          case BFLOAT16 -> TBfloat16.class;
        };
  }

  /** Operations of all layers' products for a batch; a multiplication and an addition are two. */
  static double operations(BertConfig config, int batch, int tokens) {
    double rows = (double) batch * tokens;
    double hidden = config.hiddenSize();
    return config.layers()
        * rows
        * (8 * hidden * hidden + 4 * hidden * config.intermediateSize() + 4 * tokens * hidden);
  }

  /** Seconds of all layers' products for a batch. */
  double seconds(BertConfig config, int batch, int tokens) {
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

  /** What is multiplied has the type already: there is nothing to rewrite. */
  private Precision own() {
    return precision == Precision.TF32 ? Precision.TF32 : Precision.FLOAT32;
  }

  /** Of [batch,m,k] and [batch,k,n]. */
  private double product(int batch, int m, int k, int n) {
    return product(type, batch, m, k, n);
  }

  private <T extends TFloating> double product(Class<T> type, int batch, int m, int k, int n) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<T> product =
          batch == 1
              ? tf.linalg.matMul(
                  variable(tf, type, "a", m, k),
                  variable(tf, type, "b", n, k),
                  MatMul.transposeB(true))
              : BatchedProduct.of(
                  tf, variable(tf, type, "a", batch, m, k), variable(tf, type, "b", batch, k, n));
      try (Session session = device.session(graph, own())) {
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
  private static <T extends TFloating> Operand<T> variable(
      Ops tf, Class<T> type, String name, int... shape) {
    long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
    var handle =
        tf.varHandleOp(type, org.tensorflow.ndarray.Shape.of(sizes), VarHandleOp.sharedName(name));
    tf.assignVariableOp(
        handle,
        tf.dtypes.cast(
            tf.random.statelessRandomUniform(
                tf.constant(shape), tf.constant(new long[] {1, 2}), TFloat32.class),
            type));
    return tf.readVariableOp(handle, type);
  }
}
