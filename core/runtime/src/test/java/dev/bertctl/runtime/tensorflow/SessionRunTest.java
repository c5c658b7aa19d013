// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class SessionRunTest {

  @Test
  void lackOfMemoryIsToldApart() {
    TensorFlowEngine.load();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      // 256 TB; the size is fed, lest the graph's optimizer computes it before.
      Operand<TFloat32> size = tf.placeholder(TFloat32.class);
      Operand<TFloat32> row =
          tf.fill(tf.expandDims(tf.dtypes.cast(size, TInt64.class), tf.constant(0)), size);
      try (SessionRun run = new SessionRun(session)) {
        run.feed(size, Math.pow(2, 46)).fetch(row);
        OutOfDeviceMemoryException e = assertThrows(OutOfDeviceMemoryException.class, run::run);
        assertTrue(
            e.getMessage()
                .matches(
                    "TensorFlow has not enough memory for a batch \\(.*OOM.*\\); make"
                        + " train.batch-size, train.evaluation-batch-size or max-length smaller"),
            e.getMessage());
      }
    }
  }
}
