// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.decode.FieldType.ListOf;
import dev.bertctl.spi.decode.FieldType.MapOf;
import dev.bertctl.spi.decode.FieldType.Plain;
import dev.bertctl.spi.decode.FieldType.Struct;
import java.util.List;

/**
 * A field that predictions of a task may have.
 *
 * <p>{@code PredictionField.text("predicted")} is the type of {@code Map.of("predicted", "yes")}.
 *
 * @param name its name in {@link Prediction#fields}
 * @param type the type of its value
 */
public record PredictionField(String name, FieldType type) {

  /** What {@link Classification} has. */
  public static final List<PredictionField> OF_CLASSIFICATION =
      List.of(text("predicted"), map("probabilities", Plain.NUMBER));

  /**
   * {@return a text}
   *
   * @param name its name
   */
  public static PredictionField text(String name) {
    return new PredictionField(name, Plain.TEXT);
  }

  /**
   * {@return an integer}
   *
   * @param name its name
   */
  public static PredictionField integer(String name) {
    return new PredictionField(name, Plain.INTEGER);
  }

  /**
   * {@return a number of double precision}
   *
   * @param name its name
   */
  public static PredictionField number(String name) {
    return new PredictionField(name, Plain.NUMBER);
  }

  /**
   * {@return a list}
   *
   * @param name its name
   * @param element the type of its elements
   */
  public static PredictionField list(String name, FieldType element) {
    return new PredictionField(name, new ListOf(element));
  }

  /**
   * {@return a list of maps with the same keys}
   *
   * @param name its name
   * @param fields what each of them may have
   */
  public static PredictionField structs(String name, PredictionField... fields) {
    return list(name, new Struct(List.of(fields)));
  }

  /**
   * {@return a map by names that are data}
   *
   * @param name its name
   * @param value the type of its values
   */
  public static PredictionField map(String name, FieldType value) {
    return new PredictionField(name, new MapOf(value));
  }
}
