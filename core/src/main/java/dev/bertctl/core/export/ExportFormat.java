// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.export;

import java.util.Locale;

/** What a model is written as. */
public enum ExportFormat {
  /** {@code model.onnx}, for ONNX Runtime and whatever reads ONNX. */
  ONNX,
  /** {@code saved_model.pb} and variables, for TensorFlow and TensorFlow Serving. */
  SAVEDMODEL,
  /** {@code model.safetensors}, for transformers. */
  HUGGINGFACE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
