// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import dev.bertctl.runtime.UserException;

/** A head's TensorFlow graph holds an operation that no ONNX operators are known for. */
public final class UnsupportedOpException extends UserException {

  private static final long serialVersionUID = 1L;

  private final String operation;
  private final String node;

  /**
   * @param operation such as {@code Cholesky}
   * @param node name of the node in TensorFlow's graph
   * @param reason what about it cannot be converted
   */
  public UnsupportedOpException(String operation, String node, String reason) {
    super(
        "TensorFlow's operation %s (node '%s') of the head cannot be converted to ONNX: %s"
            .formatted(operation, node, reason));
    this.operation = operation;
    this.node = node;
  }

  /** The operation's type. */
  public String operation() {
    return operation;
  }

  /** The node's name. */
  public String node() {
    return node;
  }
}
