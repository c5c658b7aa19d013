// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class SeedsTest {

  private final Seeds.Converter converter = new Seeds.Converter();

  @Test
  void aNumberCountsUpFromTheConfiguredSeed() {
    assertEquals(List.of(42L, 43L, 44L), converter.convert("3").from(42));
  }

  @Test
  void aListIsTheSeedsThemselves() {
    assertEquals(List.of(7L, -1L), converter.convert("7, -1").from(42));
  }

  @Test
  void whatIsNeitherIsRefused() {
    assertEquals(
        "'1,' is no number of seeds; give how many, such as 5, or the seeds themselves, such as 1,2,3",
        problem("1,"));
    assertEquals(
        "0 are no seeds; give how many, such as 5, or the seeds themselves, such as 1,2,3",
        problem("0"));
    assertEquals("seed 2 is there twice; remove one", problem("2,3,2"));
  }

  private String problem(String text) {
    return assertThrows(TypeConversionException.class, () -> converter.convert(text)).getMessage();
  }
}
