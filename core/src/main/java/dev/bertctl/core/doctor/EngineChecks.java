// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.onnxruntime.OnnxRuntimeEngine;
import dev.bertctl.runtime.tensorflow.CpuInfo;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import dev.bertctl.runtime.tensorflow.TensorFlowBuild;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.TensorFlowLibrary;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.runtime.tokenize.TokenizersLibrary;
import java.nio.file.Path;
import java.util.Optional;

/** The native libraries, each loaded as a run loads it. */
final class EngineChecks {

  static final String TENSORFLOW = "TensorFlow";
  static final String ONNX_RUNTIME = "ONNX Runtime";
  static final String TOKENIZERS = "tokenizers";

  private EngineChecks() {}

  /**
   * Loads TensorFlow, unless that would end this process.
   *
   * @throws dev.bertctl.runtime.UserException if it cannot be loaded
   */
  static Finding tensorFlow() {
    if (CpuInfo.ofThisMachine().map(CpuInfo::lacksAvx).orElse(false)) {
      return new Finding(
          TENSORFLOW,
          State.PROBLEM,
          "not loaded: the processor has no AVX, which it is compiled for",
          Optional.empty());
    }
    String version = TensorFlowEngine.load();
    return Finding.ok(
        TENSORFLOW,
        TensorFlowLibrary.ofThisMachine()
            .map(library -> tensorFlow(version, library))
            .orElse(version));
  }

  /** What is said of it once it is loaded. */
  static String tensorFlow(String version, TensorFlowLibrary library) {
    return "%s (line %s), %s, from %s"
        .formatted(
            version,
            TensorFlowLine.NAME,
            library.build().map(EngineChecks::build).orElse("a library of your own"),
            library.folder());
  }

  private static String build(TensorFlowBuild build) {
    return "built for " + (build.isCuda() ? "CUDA (" + build.flavor() + ")" : "the CPU");
  }

  /**
   * Loads ONNX Runtime.
   *
   * @throws dev.bertctl.runtime.UserException if it cannot be loaded
   */
  static Finding onnxRuntime() {
    return loaded(ONNX_RUNTIME, OnnxRuntimeEngine.load(), OnnxRuntimeEngine.libraries().path());
  }

  /**
   * Loads Hugging Face's tokenizers.
   *
   * @throws dev.bertctl.runtime.UserException if they cannot be loaded
   */
  static Finding tokenizers() {
    return loaded(TOKENIZERS, TokenizersLibrary.load(), NativeLibraries.tokenizers().path());
  }

  private static Finding loaded(String name, String version, Path folder) {
    return Finding.ok(name, "%s, from %s".formatted(version, folder));
  }
}
