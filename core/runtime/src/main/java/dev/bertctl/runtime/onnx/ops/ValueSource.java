// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;

/** What a node's inputs come from. */
public interface ValueSource {

  /** Where operators are added. */
  GraphBuilder onnx();

  /**
   * The ONNX value of an output of TensorFlow's graph.
   *
   * @param output such as {@code add:0}
   */
  String value(String output);

  /** The node that has an output; identities are passed over. */
  NodeDef producer(String output);

  /** Number of dimensions of an output, where known. */
  Optional<Integer> rank(String output);
}
