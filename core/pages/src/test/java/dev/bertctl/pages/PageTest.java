// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

  @TempDir private Path folder;

  private static Page page(String model) {
    Map<String, Object> facts =
        new AttentionFactsMade(1, 1, model)
            .input("a", 2, List.of("[CLS]", "cat"), (m, layer, head, from, to) -> 0.5)
            .page()
            .facts();
    return new Page(PageKind.ATTENTION, "Attention of <b>", facts);
  }

  @Test
  void showsTextsAsTexts() {
    String html = page("</script><script>alert(1)</script>").html();
    assertFalse(html.contains("alert(1)</script>"), html);
    assertTrue(html.contains("<title>Attention of &lt;b&gt;</title>"), html);
    assertTrue(html.contains("\\u003c/script>\\u003cscript>alert(1)"), html);
  }

  @Test
  void namesNoOtherResource() {
    String html = page("m").html();
    assertTrue(html.contains("default-src 'none'"));
    assertFalse(html.matches("(?s).*<(link|script|img)[^>]*(src|href)=.*"), html);
  }

  @Test
  void isWrittenWhole() throws Exception {
    Path file = folder.resolve("page.html");
    page("m").write(file);
    assertEquals(page("m").html(), Files.readString(file));
  }

  @Test
  void showsNumbers() {
    String shown =
        Templates.parsed(
                "{a.share} {b.percent} {b.percents} {c.count} {d.short} {a.signed} {d.signed} {e.share}")
            .data("a", 0.83124)
            .data("b", 0.8312)
            .data("c", 12345L)
            .data("d", 0.000123456)
            .data("e", Double.NaN)
            .render();
    assertEquals("0.8312 83.1 % 83 % 12,345 0.0001235 +0.831 0.000 –", shown);
  }

  @Test
  void showsNumbersByWhatTheyAre() {
    String shown =
        Templates.parsed(
                "{a.number} {b.number} {a.p} {b.p} {a.difference} {a.fixed} {c.duration} {d.duration}"
                    + " {e.duration} {f.duration}")
            .data("a", 0.5)
            .data("b", 0)
            .data("c", 4.56)
            .data("d", 59)
            .data("e", 61)
            .data("f", 7321)
            .render();
    assertEquals("0.5000 0 0.5000 < 0.0001 +0.5000 0.50 4.6 s 59 s 1 min 01 s 2 h 02 min", shown);
  }
}
