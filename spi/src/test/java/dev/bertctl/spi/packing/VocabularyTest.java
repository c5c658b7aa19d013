// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private record Tokens(List<String> tokens) implements Vocabulary {

    @Override
    public int size() {
      return tokens.size();
    }

    @Override
    public String token(int id) {
      return tokens.get(id);
    }

    @Override
    public OptionalInt find(String token) {
      return tokens.contains(token) ? OptionalInt.of(tokens.indexOf(token)) : OptionalInt.empty();
    }
  }

  @Test
  void specialTokensAreFoundByTheirRoles() {
    Vocabulary vocabulary = new Tokens(List.of("[PAD]", "[CLS]", "cat"));
    assertEquals(1, vocabulary.id(SpecialToken.CLS));
    assertEquals("[UNK]", SpecialToken.UNK.token());
    assertEquals(
        "the model's vocabulary has no [MASK]; use a model whose vocabulary has one",
        assertThrows(IllegalArgumentException.class, () -> vocabulary.id(SpecialToken.MASK))
            .getMessage());
  }
}
