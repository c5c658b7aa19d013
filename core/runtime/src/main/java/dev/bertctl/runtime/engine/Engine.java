// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

/** What computes a model that is applied; training is TensorFlow's. */
public enum Engine {
  /** ONNX Runtime on a CPU where it can take the model, else TensorFlow. */
  AUTO("auto"),
  /** TensorFlow. */
  TENSORFLOW("tensorflow"),
  /** ONNX Runtime, on the CPU, or nothing. */
  ONNXRUNTIME("onnxruntime");

  private final String name;

  Engine(String name) {
    this.name = name;
  }

  /**
   * Reads a name. SmallRye Config finds this method by its name.
   *
   * @throws IllegalArgumentException naming what is possible
   */
  public static Engine of(String text) {
    for (Engine engine : values()) {
      if (engine.name.equals(text)) {
        return engine;
      }
    }
    throw new IllegalArgumentException(
        "must be auto, tensorflow or onnxruntime, not '" + text + "'");
  }

  @Override
  public String toString() {
    return name;
  }
}
