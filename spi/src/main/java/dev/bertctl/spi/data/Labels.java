// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import dev.bertctl.spi.OptionException;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A task's labels in the order of the logits.
 *
 * <p>Of the labels (no, yes), {@code yes} in data is 1, and so is {@code 1}; {@code -} is no label.
 *
 * @param names at least two, all different
 */
public record Labels(List<String> names) {

  /** Index of the positive label, where there are two. */
  public static final int POSITIVE = 1;

  /**
   * Copies and checks the names.
   *
   * @param names at least two, all different
   * @throws OptionException naming the option {@code labels}
   */
  public Labels {
    names = List.copyOf(names);
    if (names.size() < 2) {
      throw new OptionException("labels", "needs at least two labels, has " + names);
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new OptionException("labels", "names a label twice: " + names);
    }
  }

  /** {@return the number of labels, L} */
  public int size() {
    return names.size();
  }

  /**
   * {@return the label of an index}
   *
   * @param index from 0 to L - 1
   */
  public String name(int index) {
    return names.get(index);
  }

  /**
   * The index of a label as it stands in data: its name or, as in data sets distributed with
   * numbers, its index, unless numbers are names themselves (one to five stars). What is invisible
   * at its edges does not count.
   *
   * @param value the label as it stands there
   * @param location where, for the error
   * @return empty for the marks of "no gold label": an empty text, {@code -} and {@code -1}
   * @throws DataException if it is none of the labels
   */
  public OptionalInt index(String value, Location location) {
    return index(value, location, List::of);
  }

  /**
   * As {@link #index(String, Location)}, with an error that also names the data's labels.
   *
   * @param inData the labels of the data in their order of appearance, empty if they cannot be
   *     told; asked for only when the label is unknown
   */
  OptionalInt index(String value, Location location, Supplier<List<String>> inData) {
    int exact = names.indexOf(value);
    if (exact >= 0) {
      return OptionalInt.of(exact);
    }
    String label = Invisible.strip(value);
    int index = names.indexOf(label);
    if (index >= 0) {
      return OptionalInt.of(index);
    }
    if (marksNoLabel(label)) {
      return OptionalInt.empty();
    }
    if (isNumber(label)
        && Integer.parseInt(label) < names.size()
        && names.stream().noneMatch(Labels::isNumber)) {
      return OptionalInt.of(Integer.parseInt(label));
    }
    throw new DataException(location, new UnknownLabel(label, names, inData.get()).problem());
  }

  /**
   * {@return whether a value is a usual way to say that a row has no gold label: an empty text,
   * {@code -} or {@code -1}}
   *
   * @param value a label as it stands in data
   */
  public static boolean marksNoLabel(String value) {
    return value.isBlank() || value.equals("-") || value.equals("-1");
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,6}");
  }
}
