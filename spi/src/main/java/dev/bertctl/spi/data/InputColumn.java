// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

/**
 * What a task expects of a file with rows, so that the host can find the columns of data it has
 * never seen, and make a row of a text that was typed.
 *
 * <p>Sentiment analysis reads {@code InputColumn.text(Column.named("text"))} and {@code
 * InputColumn.label(Column.named("label"))}: in a file with the columns {@code id}, {@code comment}
 * and {@code stars} the host takes the longest texts and the values that are repeated most.
 *
 * @param column the task's name for it, and the usual ones
 * @param kind what stands in it
 * @param required whether the task needs it
 */
public record InputColumn(Column column, Kind kind, boolean required) {

  /** What stands in a column. */
  public enum Kind {
    /** A text that the model reads. */
    TEXT,
    /** One of a few names or numbers that the model learns to tell: what training needs. */
    LABEL,
    /** A number that the model learns to give: what training needs. */
    NUMBER;

    /** {@return whether it is what is to be learned, which predictions are made without} */
    public boolean isGold() {
      return this != TEXT;
    }
  }

  /**
   * {@return a text that the task needs}
   *
   * @param column its names
   */
  public static InputColumn text(Column column) {
    return new InputColumn(column, Kind.TEXT, true);
  }

  /**
   * {@return a text that is read where there is one: only a column of its name is taken for it}
   *
   * @param column its names
   */
  public static InputColumn optionalText(Column column) {
    return new InputColumn(column, Kind.TEXT, false);
  }

  /**
   * {@return a label to learn}
   *
   * @param column its names
   */
  public static InputColumn label(Column column) {
    return new InputColumn(column, Kind.LABEL, true);
  }

  /**
   * {@return a number to learn}
   *
   * @param column its names
   */
  public static InputColumn number(Column column) {
    return new InputColumn(column, Kind.NUMBER, true);
  }
}
