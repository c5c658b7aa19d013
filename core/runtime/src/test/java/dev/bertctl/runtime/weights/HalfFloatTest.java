// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HalfFloatTest {

  @Test
  void everyHalfComesBackAsItWas() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = ElementType.halfToFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertEquals((short) bits, ElementType.floatToHalf(value), Integer.toHexString(bits));
      }
    }
    assertTrue(Float.isNaN(ElementType.halfToFloat(ElementType.floatToHalf(Float.NaN))));
  }

  /** Between two halves the nearer one is taken, and of two that are as near the even one. */
  @Test
  void othersAreRoundedToTheNearest() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = ElementType.halfToFloat((short) bits);
      float high = ElementType.halfToFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals((short) even, ElementType.floatToHalf(middle), Integer.toHexString(bits));
      assertEquals((short) bits, ElementType.floatToHalf(Math.nextDown(middle)));
      assertEquals((short) (bits + 1), ElementType.floatToHalf(Math.nextUp(middle)));
      assertEquals((short) (0x8000 | even), ElementType.floatToHalf(-middle));
    }
    assertEquals((short) 0x7bff, ElementType.floatToHalf(65519.996f));
    assertEquals((short) 0x7c00, ElementType.floatToHalf(65520));
  }
}
