// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

  @Test
  void neighboursOverlap() {
    assertEquals(List.of(new Window(0, 6), new Window(4, 10)), Window.over(10, 6, 2));
    assertEquals(
        List.of(new Window(0, 6), new Window(4, 10), new Window(8, 11)), Window.over(11, 6, 2));
  }

  @Test
  void aTextThatFitsIsOneWindow() {
    assertEquals(List.of(new Window(0, 6)), Window.over(6, 6, 2));
    assertEquals(List.of(new Window(0, 0)), Window.over(0, 6, 2));
  }

  @Test
  void overlapMustLeaveRoomToMoveOn() {
    assertEquals(
        "windows of 6 word pieces cannot overlap by 6; allow longer sequences or less overlap",
        assertThrows(IllegalArgumentException.class, () -> Window.over(10, 6, 6)).getMessage());
  }

  @Test
  void theWindowWithMoreContextCounts() {
    Window first = new Window(0, 6);
    Window second = new Window(4, 10);
    assertEquals(0.06, first.context(5), 1e-12);
    assertEquals(1.06, second.context(5), 1e-12);
    assertTrue(first.context(4) > second.context(4));
  }
}
