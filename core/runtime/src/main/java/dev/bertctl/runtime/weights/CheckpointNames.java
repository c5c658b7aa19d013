// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From the variables of Google's original BERT code (<a
 * href="https://github.com/google-research/bert">google-research/bert</a>) to canonical weights:
 * {@code bert/encoder/layer_0/attention/self/query/kernel} [in,out] becomes {@code
 * encoder.layer.0.attention.self.query.weight} [out,in].
 */
public final class CheckpointNames {

  private CheckpointNames() {}

  /** Renames, and transposes dense kernels; leaves out what the optimizer keeps. */
  public static Map<String, Weight> canonical(Map<String, DeferredWeight> variables) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    variables.forEach(
        (variable, weight) -> {
          if (!variable.endsWith("/adam_m") && !variable.endsWith("/adam_v")) {
            String name = canonicalName(variable);
            boolean kernel = variable.endsWith("/kernel") && weight.shape().size() == 2;
            weights.put(name, (kernel ? weight.transposed() : weight).named(name));
          }
        });
    return weights;
  }

  private static String canonicalName(String variable) {
    String name =
        variable
            .replaceFirst("^module/", "")
            .replaceFirst("^bert/", "")
            .replaceAll("layer_(\\d+)/", "layer.$1/")
            .replaceFirst("/(kernel|gamma)$", "/weight")
            .replaceFirst("/beta$", "/bias")
            .replaceFirst("_embeddings$", "_embeddings/weight")
            .replaceFirst("(^|/)output_weights$", "$1weight")
            .replaceFirst("(^|/)output_bias$", "$1bias")
            .replace('/', '.');
    // The classifier of run_classifier.py stands at the top level.
    return name.equals("weight") || name.equals("bias") ? "classifier." + name : name;
  }
}
