// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of what is in lists of objects, such as {@code train.parameter-groups[0].match}. */
public final class ItemKeys {

  /** Stands for any item in the keys of settings. */
  public static final String ANY = "[]";

  /** An index ends a name; one in the midst of it is part of the name. */
  private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9]\\d{0,3})](?=\\.|$)");

  private ItemKeys() {}

  /** The key of an item of a list. */
  public static String item(String list, int index) {
    return list + "[" + index + "]";
  }

  /** The key without its indices: {@code train.parameter-groups[].match}. */
  public static String ofAny(String key) {
    return INDEX.matcher(key).replaceAll(ANY);
  }

  /** The items that a key is of or below, outermost first: of {@code a[0].b[1].c} there are two. */
  public static List<String> items(String key) {
    List<String> items = new ArrayList<>();
    for (Matcher index = INDEX.matcher(key); index.find(); ) {
      items.add(key.substring(0, index.end()));
    }
    return items;
  }

  /** The list that an item is of. */
  public static String list(String item) {
    return item.substring(0, item.lastIndexOf('['));
  }

  /** The place of an item in its list, from 0. */
  public static int index(String item) {
    return Integer.parseInt(item.substring(item.lastIndexOf('[') + 1, item.length() - 1));
  }

  /**
   * A setting's key for the items that another key is of; for the first ones where it is of none.
   */
  public static String like(String key, String setting) {
    Matcher index = INDEX.matcher(key);
    StringBuilder indexed = new StringBuilder();
    Matcher any = Pattern.compile(Pattern.quote(ANY)).matcher(setting);
    while (any.find()) {
      any.appendReplacement(indexed, index.find() ? index.group() : item("", 0));
    }
    return any.appendTail(indexed).toString();
  }
}
