// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text in which a prediction marks places: entities in their sentence, an answer in its passage.
 * Terminals show it in colours, pages with the labels beside the places.
 *
 * <p>{@code new MarkedText("Ann sleeps.", List.of(new Mark(0, 3, "PER")))} has the parts {@code
 * Ann}, which is a PER, and {@code sleeps.}
 *
 * @param text the text
 * @param marks the places, none of which overlaps another
 */
public record MarkedText(String text, List<Mark> marks) {

  /**
   * Copies the marks, in the order of the text.
   *
   * @param text the text
   * @param marks the places
   * @throws IllegalArgumentException if one overlaps another, or is not in the text
   */
  public MarkedText {
    marks = marks.stream().sorted(Comparator.comparingInt(Mark::start)).toList();
    int end = 0;
    for (Mark mark : marks) {
      if (mark.start() < end || mark.end() < mark.start()) {
        throw new IllegalArgumentException("a mark overlaps the one before it: " + mark);
      }
      end = mark.end();
    }
    if (end > text.codePointCount(0, text.length())) {
      throw new IllegalArgumentException("a mark ends behind the text: " + end);
    }
  }

  /**
   * A place.
   *
   * @param start its first character, in Unicode characters (code points) from 0
   * @param end one past its last character
   * @param label what it is
   */
  public record Mark(int start, int end, String label) {}

  /**
   * A part of the text.
   *
   * @param text the part
   * @param label what it is; empty for what is not marked
   */
  public record Part(String text, String label) {}

  /** {@return the text in parts, marked and unmarked ones; together they are the text} */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    int characters = 0;
    for (Mark mark : marks) {
      int from = text.offsetByCodePoints(at, mark.start() - characters);
      int to = text.offsetByCodePoints(from, mark.end() - mark.start());
      add(parts, at, from, "");
      add(parts, from, to, mark.label());
      at = to;
      characters = mark.end();
    }
    add(parts, at, text.length(), "");
    return parts;
  }

  private void add(List<Part> parts, int from, int to, String label) {
    if (from < to) {
      parts.add(new Part(text.substring(from, to), label));
    }
  }
}
