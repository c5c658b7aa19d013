// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.List;
import java.util.Map;

/**
 * The type of a prediction's field, so that tables with typed columns can be made before anything
 * is predicted.
 *
 * <p>{@code new FieldType.ListOf(FieldType.Plain.TEXT)} holds {@code List.of("B-PER", "O")} and no
 * {@code List.of(1)}.
 */
public sealed interface FieldType {

  /**
   * {@return whether it is the type of a value}
   *
   * @param value a value as {@link Prediction#fields} gives it, or a part of one; not null
   */
  boolean holds(Object value);

  /** Values without parts. */
  enum Plain implements FieldType {
    /** A text. */
    TEXT,
    /** An integer of up to 64 bits. */
    INTEGER,
    /** A number of double precision. */
    NUMBER,
    /** A number that single precision holds, such as those of a vector. */
    FLOAT,
    /** Yes or no. */
    BOOLEAN;

    @Override
    public boolean holds(Object value) {
      return switch (this) {
        case TEXT -> value instanceof String;
        case INTEGER -> value instanceof Integer || value instanceof Long;
        case NUMBER -> value instanceof Number;
        case FLOAT -> value instanceof Float || value instanceof Double number && isSingle(number);
        case BOOLEAN -> value instanceof Boolean;
      };
    }

    /** Also as a decimal: 0.1 is the shortest that gives the float nearest to it. */
    private static boolean isSingle(double number) {
      return number == (float) number
          || number == Double.parseDouble(Float.toString((float) number));
    }
  }

  /**
   * A list, as long as it may be.
   *
   * @param element the type of its elements
   */
  record ListOf(FieldType element) implements FieldType {
    @Override
    public boolean holds(Object value) {
      return value instanceof List<?> list && list.stream().allMatch(element::holds);
    }
  }

  /**
   * A map by names that are data, such as labels.
   *
   * @param value the type of its values
   */
  record MapOf(FieldType value) implements FieldType {
    @Override
    public boolean holds(Object other) {
      return other instanceof Map<?, ?> map
          && map.keySet().stream().allMatch(String.class::isInstance)
          && map.values().stream().allMatch(value::holds);
    }
  }

  /**
   * A map with keys that are known, of which some may be missing.
   *
   * @param fields what it may have, in their order
   */
  record Struct(List<PredictionField> fields) implements FieldType {

    /**
     * Copies the list.
     *
     * @param fields what it may have
     */
    public Struct {
      fields = List.copyOf(fields);
    }

    @Override
    public boolean holds(Object value) {
      return value instanceof Map<?, ?> map
          && map.entrySet().stream().allMatch(entry -> holds(entry.getKey(), entry.getValue()));
    }

    private boolean holds(Object name, Object value) {
      return fields.stream()
          .anyMatch(field -> field.name().equals(name) && field.type().holds(value));
    }
  }
}
