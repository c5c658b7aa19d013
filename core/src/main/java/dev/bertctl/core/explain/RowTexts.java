// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.spi.decode.MarkedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All texts that a row holds, lists of words joined by spaces among them. */
final class RowTexts {

  private RowTexts() {}

  static List<String> of(Map<String, Object> columns, Optional<MarkedText> marked) {
    List<String> texts = new ArrayList<>();
    marked.ifPresent(text -> texts.add(text.text()));
    columns.values().forEach(value -> add(value, texts));
    return texts;
  }

  private static void add(Object value, List<String> texts) {
    if (value instanceof CharSequence text) {
      texts.add(text.toString());
    } else if (value instanceof Collection<?> many) {
      many.forEach(one -> add(one, texts));
      texts.add(many.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    } else if (value instanceof Map<?, ?> fields) {
      fields.values().forEach(one -> add(one, texts));
    }
  }
}
