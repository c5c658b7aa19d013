// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.application.PrintedStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class PrintedStreamTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void showsWhatWouldCommandATerminalOrReorderText() throws IOException {
    assertEquals(
        "a\\u001b[2Jb\\u000dc\\u0000d\\u007fe\\u009bf\\u0007g\\u202eh\\u2069i\tj\nk\r\nl\\u000d",
        printed("a\033[2Jb\rc\0d\u007fe\u009bf\u0007g\u202eh\u2069i\tj\nk\r\nl\r", UTF_8));
  }

  @Test
  void leavesTextAsItIs() throws IOException {
    String text = "Zoë 東京 😀 \u200f\u05d0 \"\\u001b\" $\n";
    assertEquals(text, printed(text, UTF_8));
    assertEquals("Zoë \\u009b", printed("Zoë \u009b", ISO_8859_1));
  }

  @Test
  void passesOwnCommands() throws IOException {
    String own = "\r\033[K\033[1m";
    assertEquals(
        own + "label \\u001b[31m\\u0000",
        printed(PrintedStream.own(own) + "label \033[31m\0", UTF_8));
    assertEquals(
        "\033[1mUsage\033[21m\033[0m \\u001b[8m",
        printed(PrintedStream.ownColours("\033[1mUsage\033[21m\033[0m \033[8m"), UTF_8));
  }

  /** However it is cut into pieces. */
  private String printed(String text, Charset charset) throws IOException {
    byte[] all = text.getBytes(charset);
    String whole = "";
    for (int piece : new int[] {all.length, 1, 2, 3, 7}) {
      bytes.reset();
      try (PrintedStream printed = new PrintedStream(bytes, charset)) {
        for (int at = 0; at < all.length; at += piece) {
          printed.write(all, at, Math.min(piece, all.length - at));
        }
      }
      String shown = bytes.toString(charset);
      whole = whole.isEmpty() ? shown : whole;
      assertEquals(whole, shown);
    }
    return whole;
  }
}
