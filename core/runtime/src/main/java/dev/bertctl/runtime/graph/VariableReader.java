// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightTensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * Copies variables out part by part, for readers that ask for one after the other. A part is copied
 * when its first variable is asked for, so a reader has to be done before the model is trained on;
 * a variable that is asked for again is copied anew.
 */
final class VariableReader {

  private final VariableValues values;
  private final List<List<String>> parts;
  private Map<String, WeightTensor> current = Map.of();

  /**
   * @param values of the model
   * @param parts names of those that are copied out together
   */
  VariableReader(VariableValues values, List<List<String>> parts) {
    this.values = values;
    this.parts = parts;
  }

  /** A variable's values when they are asked for. */
  Weight weight(String name) {
    return new DeferredWeight(name, values.shape(name), () -> read(name));
  }

  private synchronized FloatBuffer read(String name) {
    if (!current.containsKey(name)) {
      List<String> part =
          parts.stream().filter(names -> names.contains(name)).findFirst().orElseThrow();
      current = values.read(part.subList(part.indexOf(name), part.size()));
    }
    return current.remove(name).values();
  }
}
