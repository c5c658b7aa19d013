// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import dev.bertctl.runtime.onnx.WeightBits;
import java.util.Optional;

/** What the weights of a model that is applied are rounded to. */
public enum Quantize {
  /** Nothing: float32. */
  NONE("none", Optional.empty()),
  /** int8, for processors with VNNI (from Ice Lake and Zen 4). */
  INT8("int8", Optional.of(WeightBits.EIGHT)),
  /** Seven bits of an int8, right on every processor. */
  INT8_REDUCED("int8-reduced", Optional.of(WeightBits.SEVEN));

  private final String name;
  private final Optional<WeightBits> bits;

  Quantize(String name, Optional<WeightBits> bits) {
    this.name = name;
    this.bits = bits;
  }

  /**
   * Reads a name. SmallRye Config finds this method by its name.
   *
   * @throws IllegalArgumentException naming what is possible
   */
  public static Quantize of(String text) {
    for (Quantize quantize : values()) {
      if (quantize.name.equals(text)) {
        return quantize;
      }
    }
    throw new IllegalArgumentException("must be none, int8 or int8-reduced, not '" + text + "'");
  }

  /** How many bits of a weight; empty for none. */
  public Optional<WeightBits> bits() {
    return bits;
  }

  @Override
  public String toString() {
    return name;
  }
}
