// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTextTest {

  @Test
  void shortTextsAreWhole() {
    assertEquals("abc", ShownText.cut("abc", 3));
    assertEquals(
        List.of(Map.of("text", "Ann", "label", "PER"), Map.of("text", " sleeps.")),
        ShownText.parts(new MarkedText("Ann sleeps.", List.of(new Mark(0, 3, "PER")))));
  }

  @Test
  void ofLongOnesAnEllipsisSaysHowMuchIsMissing() {
    assertEquals(
        "\ud834\udd1e\ud834\udd1e … (1,998 more characters)",
        ShownText.cut("\ud834\udd1e".repeat(2000), 2));
    assertEquals(
        List.of(Map.of("text", "x".repeat(600)), Map.of("text", " … (1,400 more characters)")),
        ShownText.parts(new MarkedText("x".repeat(2000), List.of())));
  }

  @Test
  void whatIsAroundTheFirstMarkIsShown() {
    String text = "x".repeat(1000) + "Ann" + "y".repeat(1000) + "Bob";
    assertEquals(
        List.of(
            Map.of("text", "(800 characters before) … "),
            Map.of("text", "x".repeat(200)),
            Map.of("text", "Ann", "label", "PER"),
            Map.of("text", "y".repeat(397)),
            Map.of("text", " … (606 more characters)")),
        ShownText.parts(
            new MarkedText(
                text, List.of(new Mark(1000, 1003, "PER"), new Mark(2003, 2006, "PER")))));
  }

  @Test
  void ofALongMarkItsBeginningIsShown() {
    assertEquals(
        List.of(
            Map.of("text", "x".repeat(600), "label", "answer"),
            Map.of("text", " … (100 more characters)")),
        ShownText.parts(new MarkedText("x".repeat(700), List.of(new Mark(0, 700, "answer")))));
  }
}
