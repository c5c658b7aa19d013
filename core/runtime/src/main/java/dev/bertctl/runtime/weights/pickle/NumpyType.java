// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.weights.ElementType;
import java.util.Optional;

/** A {@code numpy.dtype}: made from its code, such as {@code f4}, then told its byte order. */
public final class NumpyType {

  private final String code;
  private String byteOrder = "=";

  NumpyType(String code) {
    this.code = code;
  }

  /** Its code, with the byte order before it: {@code <f4}. */
  public String code() {
    return byteOrder + code;
  }

  /** Whether its numbers have their highest byte first. */
  public boolean isBigEndian() {
    return byteOrder.equals(">");
  }

  /** The type of its numbers; empty for texts, objects, records. */
  public Optional<ElementType> element() {
    return switch (code) {
      case "f2" -> Optional.of(ElementType.F16);
      case "f4" -> Optional.of(ElementType.F32);
      case "f8" -> Optional.of(ElementType.F64);
      case "u2" -> Optional.of(ElementType.U16);
      default -> Optional.empty();
    };
  }

  void byteOrder(String order) {
    byteOrder = order;
  }
}
