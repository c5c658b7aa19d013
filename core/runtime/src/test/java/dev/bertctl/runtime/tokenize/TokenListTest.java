// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TokenListTest {

  private final Vocabulary vocabulary = new TokenList(List.of("[PAD]", "a", "", "##b", "a"));

  @Test
  void idsAreTheTokensPlaces() {
    assertEquals(5, vocabulary.size());
    assertEquals("##b", vocabulary.token(3));
    assertEquals(OptionalInt.of(3), vocabulary.find("##b"));
    assertEquals(OptionalInt.empty(), vocabulary.find("b"));
    assertEquals(0, vocabulary.id(SpecialToken.PAD));
  }

  @Test
  void ofEqualTokensTheLastCounts() {
    assertEquals(OptionalInt.of(4), vocabulary.find("a"));
    assertEquals("a", vocabulary.token(1));
  }

  @Test
  void idsWithoutATokenAreNotFound() {
    assertEquals("", vocabulary.token(2));
    assertEquals(OptionalInt.empty(), vocabulary.find(""));
  }

  @Test
  void missingSpecialTokenIsNamed() {
    assertEquals(
        "the model's vocabulary has no [MASK]; use a model whose vocabulary has one",
        assertThrows(IllegalArgumentException.class, () -> vocabulary.id(SpecialToken.MASK))
            .getMessage());
  }
}
