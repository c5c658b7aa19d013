// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClosestTest {

  @Test
  void theClosestNameIsFoundIfAnyIsClose() {
    List<String> known = List.of("model", "max-length", "data", "nli");
    assertEquals(Optional.of("max-length"), Closest.to("maxLenght", known));
    assertEquals(Optional.of("model"), Closest.to("modle", known));
    assertEquals(Optional.of("nli"), Closest.to("nlj", known));
    assertEquals(Optional.empty(), Closest.to("ner", known));
    assertEquals(Optional.empty(), Closest.to("xyzzy", known));
  }
}
