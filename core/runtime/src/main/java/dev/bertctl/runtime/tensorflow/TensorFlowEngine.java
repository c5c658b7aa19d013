// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;

/**
 * Loads TensorFlow's native library through DJL, which is told where the one that fits the machine
 * is.
 */
public final class TensorFlowEngine {

  private TensorFlowEngine() {}

  /**
   * Loads the library, once a process.
   *
   * @return TensorFlow's version
   * @throws UserException if no native library on the class path fits this machine
   */
  public static String load() {
    try {
      return NativeLibraries.withTensorFlow(() -> Engine.getEngine("TensorFlow").getVersion());
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw new UserException(
          "TensorFlow's native library cannot be loaded on %s %s: %s. bertctl runs on %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  NativeLibraries.reason(e),
                  TensorFlowLine.MACHINES),
          e);
    }
  }
}
