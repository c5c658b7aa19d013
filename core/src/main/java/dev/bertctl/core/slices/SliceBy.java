// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.slices;

import dev.bertctl.runtime.UserException;

/** What examples are sliced by. */
public sealed interface SliceBy {

  /** The beginning of a column's slices. */
  String COLUMN = "column=";

  /** By tokens of the example's longest sequence, special tokens included, after truncation. */
  record Length() implements SliceBy {
    @Override
    public String toString() {
      return "length";
    }
  }

  /** By gold labels; an example with several, as of entities, is in the slice of each. */
  record Label() implements SliceBy {
    @Override
    public String toString() {
      return "label";
    }
  }

  /** By whether anything was cut off to fit the longest sequence. */
  record Truncation() implements SliceBy {
    @Override
    public String toString() {
      return "truncation";
    }
  }

  /**
   * By the values of a column of the data.
   *
   * @param name the column
   */
  record ColumnValue(String name) implements SliceBy {
    @Override
    public String toString() {
      return COLUMN + name;
    }
  }

  /**
   * {@return what a user names}
   *
   * @param text {@code length}, {@code label}, {@code truncation} or {@code column=NAME}
   * @throws UserException if it is nothing of these
   */
  static SliceBy of(String text) {
    if (text.startsWith(COLUMN) && text.length() > COLUMN.length()) {
      return new ColumnValue(text.substring(COLUMN.length()));
    }
    return switch (text) {
      case "length" -> new Length();
      case "label" -> new Label();
      case "truncation" -> new Truncation();
      default ->
          throw new UserException(
              "no slices by '%s'; slice by length, label, truncation or column=NAME"
                  .formatted(text));
    };
  }
}
