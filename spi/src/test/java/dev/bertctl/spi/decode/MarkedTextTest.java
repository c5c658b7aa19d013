// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.MarkedText.Mark;
import dev.bertctl.spi.decode.MarkedText.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkedTextTest {

  @Test
  void placesAreCountedInCharactersNotInHalvesOfThem() {
    MarkedText text =
        new MarkedText("😀 Ann in 東京", List.of(new Mark(9, 11, "LOC"), new Mark(2, 5, "PER")));

    assertEquals(
        List.of(
            new Part("😀 ", ""),
            new Part("Ann", "PER"),
            new Part(" in ", ""),
            new Part("東京", "LOC")),
        text.parts());
  }

  @Test
  void marksThatOverlapOrLeaveTheTextAreRefused() {
    List<Mark> overlapping = List.of(new Mark(0, 3, "a"), new Mark(2, 4, "b"));
    assertThrows(IllegalArgumentException.class, () -> new MarkedText("abcdef", overlapping));
    List<Mark> beyond = List.of(new Mark(0, 2, "a"));
    assertThrows(IllegalArgumentException.class, () -> new MarkedText("😀", beyond));
  }

  @Test
  void aPageHasTheTextWithItsMarksAndNothingThatABrowserWouldTakeForMarkup() {
    OutputFile<Example, Prediction> page =
        MarkedPage.file(
            (example, prediction) ->
                new MarkedText("<b> & Ann", List.of(new Mark(6, 9, "\"PER\""))));
    OutputFile.Content.Text<Example, Prediction> content =
        (OutputFile.Content.Text<Example, Prediction>) page.content();

    assertEquals("predictions.html", page.name());
    String part = content.part().of(new Line(), Map::of, 0);
    assertEquals(
        "<p>&lt;b&gt; &amp; <mark style=\"background: hsl(N 80% 85%)\">Ann<small>&quot;PER&quot;</small></mark></p>\n",
        part.replaceAll("hsl\\(\\d+ ", "hsl(N "));
  }

  private record Line() implements Example {
    @Override
    public Location location() {
      return new Location("x", 1);
    }

    @Override
    public Map<String, Object> columns() {
      return Map.of();
    }
  }
}
