// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

/**
 * Which engine computes a model, and why.
 *
 * @param engine never {@link Engine#AUTO}
 * @param version the engine's
 * @param reason why it and not the other one, such as {@code on a CPU it is the faster one}
 */
public record EngineChoice(Engine engine, String version, String reason) {

  /** One sentence without a full stop, to be shown when a job begins. */
  public String summary() {
    return (engine == Engine.TENSORFLOW ? "TensorFlow " : "ONNX Runtime ")
        + version
        + " computes: "
        + reason;
  }
}
