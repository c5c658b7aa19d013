// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class SessionRunTest {

  /** Parts may be empty, as may all of them be, and need not begin where their arrays do. */
  @Test
  void partsAreFedOneAfterTheOther() {
    TensorFlowEngine.load();
    ByteBuffer bytes = ByteBuffer.allocate(7 * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(new float[] {9, 1, 2, 3, 4, 5, 6});
    ByteBuffer first = bytes.slice(Float.BYTES, 4 * Float.BYTES);
    ByteBuffer second = bytes.duplicate().position(5 * Float.BYTES);
    ByteBuffer none = ByteBuffer.allocate(0);
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> given = tf.placeholder(TFloat32.class);
      Operand<TFloat32> twice = tf.math.add(given, given);
      try (SessionRun run = new SessionRun(session)) {
        run.feed(given, List.of(none, first, none, second, none), 3, 2).fetch(twice).run();
        assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, run.floats(0));
        FloatBuffer fetched = run.bytes(0).order(ByteOrder.nativeOrder()).asFloatBuffer();
        assertEquals(FloatBuffer.wrap(run.floats(0)), fetched);
        assertArrayEquals(new long[] {3, 2}, run.shape(0));
      }
      try (SessionRun run = new SessionRun(session)) {
        run.feed(given, List.of(none, none), 0, 2).fetch(twice).run();
        assertEquals(0, run.bytes(0).remaining());
      }
    }
  }

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
