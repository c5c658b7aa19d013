// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.weights.ElementType;
import java.util.Locale;

/** What processes send each other gradients as. */
public enum WireType {
  /** As they are. */
  FLOAT32(ElementType.F32),
  /** Rounded to 11 bits; what is smaller than 6e-8 is lost. */
  FLOAT16(ElementType.F16);

  private final ElementType type;

  WireType(ElementType type) {
    this.type = type;
  }

  /** The type of a number on the way. */
  public ElementType type() {
    return type;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
