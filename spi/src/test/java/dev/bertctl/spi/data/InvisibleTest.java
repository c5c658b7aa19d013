// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InvisibleTest {

  @Test
  void edgesAreStripped() {
    assertEquals("PER", Invisible.strip("PER\u200B"));
    assertEquals("a\u200Bb c", Invisible.strip("\uFEFF\u00A0 a\u200Bb c\u2060\u3000\t\n"));
    assertEquals("", Invisible.strip("\u200B\u00AD "));
    assertEquals("\uD83D\uDE00", Invisible.strip("\uDB40\uDC41\uD83D\uDE00\uDB40\uDC41"));
    // An Arabic sign of number is called a format, and is seen.
    assertEquals("\u0600", Invisible.strip("\u0600"));
  }

  @Test
  void messagesShowThem() {
    assertEquals("a b\nc \uD83D\uDE00", Invisible.shown("a b\nc \uD83D\uDE00"));
    assertEquals("PER\\u200b \\u00a0\\t\\r\\u0000", Invisible.shown("PER\u200B \u00A0\t\r\u0000"));
    assertEquals(
        "a.csv:1: no column 'x\\u200b'",
        new DataException(new Location("a.csv", 1), "no column 'x\u200B'").getMessage());
  }
}
