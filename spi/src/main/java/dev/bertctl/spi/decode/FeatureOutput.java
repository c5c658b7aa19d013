// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A feature and the head's outputs for it.
 *
 * <p>Of a classifier with three labels, {@code logits()} is [1,3]; of a tagger with three for a
 * sequence of 12 tokens, [12,3].
 *
 * @param feature what the model saw
 * @param values what it answered, by the names of the head's outputs
 */
public record FeatureOutput(Feature feature, Map<String, Matrix> values) {

  /**
   * Copies the map, keeping its order.
   *
   * @param feature what the model saw
   * @param values what it answered, by name
   */
  public FeatureOutput {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * {@return a feature with the output of a head that has but one}
   *
   * @param feature what the model saw
   * @param logits what it answered
   */
  public static FeatureOutput of(Feature feature, Matrix logits) {
    return new FeatureOutput(feature, Map.of(HeadOutput.LOGITS, logits));
  }

  /** {@return the output of a head that has but one} */
  public Matrix logits() {
    return get(HeadOutput.LOGITS);
  }

  /**
   * {@return an output}
   *
   * @param name the head's name for it
   * @throws IllegalArgumentException if the head gives no such output, naming those that it gives
   */
  public Matrix get(String name) {
    Matrix matrix = values.get(name);
    if (matrix == null) {
      throw new IllegalArgumentException(
          "the head gives no output '%s'; it gives %s".formatted(name, values.keySet()));
    }
    return matrix;
  }
}
