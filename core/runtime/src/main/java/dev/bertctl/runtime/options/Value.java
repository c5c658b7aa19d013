// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import io.smallrye.config.common.utils.StringUtil;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A value as the user wrote it.
 *
 * @param key the setting within a task, such as {@code max-length}
 * @param path the key as it was written, such as {@code tasks.nli.max-length}
 * @param form how it was written
 * @param items the text of a scalar, the texts of a list; nothing for what has no text
 * @param origin where it was written
 */
public record Value(String key, String path, Form form, List<String> items, Origin origin) {

  public Value {
    items = List.copyOf(items);
  }

  /** A plain text. */
  public static Value scalar(String path, String text, Origin origin) {
    return text.isEmpty()
        ? new Value(path, path, Form.EMPTY, List.of(), origin)
        : new Value(path, path, Form.SCALAR, List.of(text), origin);
  }

  /** The same value for another key. */
  public Value withKey(String newKey) {
    return new Value(newKey, path, form, items, origin);
  }

  /** The items of a list, which may also be written as a text with commas. */
  public List<String> elements() {
    return form == Form.SCALAR
        ? Arrays.stream(StringUtil.split(items.get(0))).map(String::strip).toList()
        : items;
  }

  /** Items as one text with commas, as SmallRye Config reads lists. */
  public static String join(List<String> items) {
    return items.stream()
        .map(item -> item.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  /** How a value was written. */
  public enum Form {
    SCALAR,
    LIST,
    /** A list of which not all items are plain texts; its items are values of their own. */
    OBJECTS,
    /** An item of such a list that has keys. */
    OBJECT,
    /** An item of such a list that has none: a text, or nothing that could be one. */
    ITEM,
    /** A key without a value, or with an empty one. */
    EMPTY
  }
}
