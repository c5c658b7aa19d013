// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.decode.FieldType.ListOf;
import dev.bertctl.spi.decode.FieldType.MapOf;
import dev.bertctl.spi.decode.FieldType.Plain;
import dev.bertctl.spi.decode.FieldType.Struct;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldTypeTest {

  @Test
  void plainTypesHoldTheirValues() {
    assertTrue(Plain.TEXT.holds("yes"));
    assertFalse(Plain.TEXT.holds(1));
    assertTrue(Plain.INTEGER.holds(1));
    assertTrue(Plain.INTEGER.holds(1L));
    assertFalse(Plain.INTEGER.holds(1.0));
    assertTrue(Plain.NUMBER.holds(0.5));
    assertTrue(Plain.NUMBER.holds(1));
    assertFalse(Plain.NUMBER.holds("1"));
    assertTrue(Plain.BOOLEAN.holds(true));
    assertFalse(Plain.BOOLEAN.holds("true"));
  }

  /** As a decimal a float is written short, and that double is not the float itself. */
  @Test
  void floatsMayBeDecimals() {
    assertTrue(Plain.FLOAT.holds(0.1f));
    assertTrue(Plain.FLOAT.holds(0.1));
    assertTrue(Plain.FLOAT.holds((double) 0.1f));
    assertFalse(Plain.FLOAT.holds(Math.PI));
  }

  @Test
  void partsCount() {
    FieldType texts = new ListOf(Plain.TEXT);
    assertTrue(texts.holds(List.of()));
    assertTrue(texts.holds(List.of("O", "B-PER")));
    assertFalse(texts.holds(List.of("O", 1)));
    FieldType numbers = new MapOf(Plain.NUMBER);
    assertTrue(numbers.holds(Map.of("yes", 0.75)));
    assertFalse(numbers.holds(Map.of("yes", "0.75")));
    assertFalse(numbers.holds(Map.of(1, 0.75)));
    FieldType entity =
        new Struct(List.of(PredictionField.text("type"), PredictionField.integer("start")));
    assertTrue(entity.holds(Map.of("type", "PER", "start", 3)));
    assertTrue(entity.holds(Map.of("type", "PER")));
    assertFalse(entity.holds(Map.of("type", "PER", "end", 3)));
    assertFalse(entity.holds(Map.of("type", "PER", "start", "3")));
  }
}
