// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Invisible;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The choices of one row.
 *
 * @param texts two or more, none of them blank
 */
record Choices(List<String> texts) {

  private static final int LETTERS = 26;

  /**
   * Copies and checks the texts.
   *
   * @param row where they were read
   */
  static Choices of(List<String> texts, Location row) {
    if (texts.size() < 2) {
      throw new DataException(
          row,
          "needs at least two choices, has %d; correct or remove the row".formatted(texts.size()));
    }
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).isBlank()) {
        throw new DataException(
            row,
            "choice %d of %d is empty; give it a text, or remove it".formatted(i, texts.size()));
      }
    }
    return new Choices(List.copyOf(texts));
  }

  /** C. */
  int size() {
    return texts.size();
  }

  /**
   * The index of the right choice as it stands in data.
   *
   * @return empty for the marks of "no gold label", see {@link Labels#marksNoLabel}
   * @throws DataException as {@link #index} does
   */
  OptionalInt gold(Object label, Location row) {
    String text = Invisible.strip(label.toString());
    return Labels.marksNoLabel(text) && !texts.contains(text)
        ? OptionalInt.empty()
        : OptionalInt.of(index(label, row));
  }

  /**
   * The index of the choice that is meant.
   *
   * @param label its index from 0, its letter from A, or its text; a JSON number is always an index
   * @throws DataException if none is meant, or more than one may be
   */
  int index(Object label, Location row) {
    int[] meant = IntStream.range(0, size()).filter(i -> isMeant(i, label)).toArray();
    if (meant.length == 1) {
      return meant[0];
    }
    throw new DataException(row, meant.length == 0 ? unknown(label) : ambiguous(label, meant));
  }

  private String unknown(Object label) {
    int last = size() - 1;
    String wanted =
        label instanceof Number
            ? "an index from 0 to %d; a choice's text needs quotes".formatted(last)
            : "an index from 0 to %d, a letter from A to %s, or the choice's text"
                .formatted(last, letter(Math.min(last, LETTERS - 1)));
    return "'%s' is none of the %d choices; give %s".formatted(label, size(), wanted);
  }

  private static String ambiguous(Object label, int[] meant) {
    return "'%s' may mean choice %d or choice %d: an index, a letter and a choice's text fall together; write jsonl, with the index as a number"
        .formatted(label, meant[0], meant[1]);
  }

  private boolean isMeant(int i, Object label) {
    String text = Invisible.strip(label.toString());
    boolean isIndex = text.equals(Integer.toString(i));
    return label instanceof Number
        ? isIndex
        : isIndex
            || text.equals(Invisible.strip(texts.get(i)))
            || i < LETTERS && text.equals(letter(i));
  }

  private static String letter(int i) {
    return Character.toString('A' + i);
  }
}
