// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How a field of predictions is a tensor. */
enum TensorType {
  /** Texts, [n]. */
  TEXT("BYTES"),
  /** Integers, [n]. */
  INTEGER("INT64"),
  /** Decimals, [n]. */
  DECIMAL("FP32"),
  /** True or false, [n]. */
  BOOLEAN("BOOL"),
  /** k decimals of each row, such as a vector, or the probability of each label, [n,k]. */
  DECIMALS("FP32"),
  /** Anything else, as the text of its JSON, [n]. */
  JSON("BYTES");

  private final String datatype;

  TensorType(String datatype) {
    this.datatype = datatype;
  }

  /** What KServe calls it. */
  String datatype() {
    return datatype;
  }

  /** The type of a value. */
  static TensorType of(Object value) {
    if (value instanceof String) {
      return TEXT;
    }
    if (value instanceof Boolean) {
      return BOOLEAN;
    }
    if (value instanceof Integer || value instanceof Long) {
      return INTEGER;
    }
    if (value instanceof Number) {
      return DECIMAL;
    }
    return decimals(value).isEmpty() ? JSON : DECIMALS;
  }

  /** Whether values can all be of this type, in one tensor. */
  boolean fits(List<Object> values) {
    return switch (this) {
      case DECIMAL -> values.stream().allMatch(Number.class::isInstance);
      case DECIMALS -> {
        int width = decimals(values.get(0)).size();
        yield width > 0 && values.stream().allMatch(value -> decimals(value).size() == width);
      }
      case JSON -> true;
      default -> values.stream().allMatch(value -> of(value) == this);
    };
  }

  /** The numbers of a list, or of a map by names; none if it is neither, or has others. */
  static Collection<?> decimals(Object value) {
    Collection<?> all =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof List<?> list ? list : List.of();
    return all.stream().allMatch(Number.class::isInstance) ? all : List.of();
  }
}
