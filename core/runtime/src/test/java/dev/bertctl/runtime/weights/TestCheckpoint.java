// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;

/** Writes checkpoints with TensorFlow's own save op. */
public final class TestCheckpoint {

  private TestCheckpoint() {}

  /** Saves variables under {@code PREFIX.index} and {@code PREFIX.data-00000-of-00001}. */
  public static void write(Path prefix, Function<Ops, Map<String, Operand<?>>> variables) {
    TensorFlowEngine.load();
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Map<String, Operand<?>> tensors = variables.apply(tf);
      var save =
          tf.train.save(
              tf.constant(prefix.toString()),
              strings(tf, List.copyOf(tensors.keySet())),
              strings(tf, Collections.nCopies(tensors.size(), "")),
              tensors.values());
      session.runner().addTarget(save).run();
    }
  }

  private static Operand<TString> strings(Ops tf, List<String> values) {
    return tf.constant(NdArrays.vectorOfObjects(values.toArray(String[]::new)));
  }
}
