// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was being done where something failed, told by the package of the innermost own method. */
final class WorkUnderWay {

  private static final Map<String, String> WORK = new LinkedHashMap<>();

  static {
    WORK.put("dev.bertctl.runtime.tokenize", "splitting texts into word pieces");
    WORK.put("dev.bertctl.runtime.packing", "packing examples");
    WORK.put("dev.bertctl.runtime.evaluation", "keeping what was predicted");
    WORK.put("dev.bertctl.runtime.weights", "reading a model's weights");
    WORK.put("dev.bertctl.runtime.huggingface", "reading a model");
    WORK.put("dev.bertctl.runtime.graph", "copying a batch or the weights to TensorFlow");
    WORK.put("dev.bertctl.runtime.json", "reading a whole JSON file");
    WORK.put("dev.bertctl.runtime.onnx", "copying a batch or the weights to ONNX Runtime");
    WORK.put("dev.bertctl.runtime.onnxruntime", "copying a batch or the weights to ONNX Runtime");
    WORK.put("dev.bertctl.runtime.rows", "reading data");
    WORK.put("dev.bertctl.core.content", "reading data");
    WORK.put("dev.bertctl.core.data", "reading data");
    WORK.put("dev.bertctl.core.models", "converting a model");
  }

  private WorkUnderWay() {}

  /** The work, if it is known. */
  static Optional<String> when(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .map(StackTraceElement::getClassName)
        .flatMap(
            name ->
                WORK.entrySet().stream()
                    .filter(work -> name.startsWith(work.getKey() + "."))
                    .map(Map.Entry::getValue)
                    .limit(1))
        .findFirst();
  }
}
