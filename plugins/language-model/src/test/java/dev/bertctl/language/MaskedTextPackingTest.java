// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.packing.Feature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskedTextPackingTest {

  @Test
  void positions() {
    assertArrayEquals(new int[] {3}, pack(20, text("Paris is [MASK] .")).get(0).positions());
    assertArrayEquals(
        new int[] {1, 5}, pack(20, text("[MASK] is big", "[MASK] is small")).get(0).positions());
  }

  @Test
  void aTextNeedsAMask() {
    assertEquals(
        "texts.txt:3: no [MASK] in the text; write [MASK], in capitals, in place of each token to"
            + " be filled in",
        assertThrows(DataException.class, () -> pack(20, text("Paris is [mask]."))).getMessage());
  }

  @Test
  void aMaskIsNotCutOff() {
    Text text = text("[MASK] is a big city in [MASK]");
    assertEquals(
        "texts.txt:3: 1 of 2 [MASK] would be cut off: the text has 9 tokens, and max-length is 8;"
            + " raise max-length, or shorten the text",
        assertThrows(DataException.class, () -> pack(8, text)).getMessage());
    assertEquals(2, pack(9, text).get(0).positions().length);
  }

  private static Text text(String first, String... second) {
    return new Text(
        new Location("texts.txt", 3),
        Map.of(),
        first,
        second.length == 0 ? Optional.empty() : Optional.of(second[0]));
  }

  private static List<Feature> pack(int maxLength, Text text) {
    return new MaskedTextPacking().pack(text, new TestPacker(maxLength));
  }
}
