// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Invisible;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labels as a row's reader gets them: without invisible characters at their edges, and other
 * spellings replaced by the label that the user has declared them to mean. So every task reads
 * them, in every split, and none needs to know.
 *
 * <p>Which columns hold labels is told by the task's names for them.
 */
public final class LabelSynonyms {

  /** What tasks call columns of labels. */
  private static final Set<String> COLUMNS = Set.of("label", "labels", "tag", "tags", "predicted");

  private final Map<String, String> labels = new HashMap<>();
  private boolean used;

  /**
   * @param synonyms other spellings, by label
   */
  public LabelSynonyms(Map<String, List<String>> synonyms) {
    synonyms.forEach(
        (label, spellings) ->
            spellings.forEach(spelling -> labels.put(Invisible.strip(spelling), label)));
  }

  /** Whether a column holds labels, or lists of them. */
  public static boolean isIn(Column column) {
    return COLUMNS.contains(column.name());
  }

  /** The label that a text means. */
  public String label(String text) {
    used = true;
    String stripped = Invisible.strip(text);
    return labels.getOrDefault(stripped, stripped);
  }

  /** As {@link #label} for texts and lists of them; numbers and booleans only if declared. */
  public Object value(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().<Object>map(this::value).toList();
    }
    if (value instanceof String text) {
      return label(text);
    }
    used = true;
    String label = labels.get(value.toString());
    return label == null ? value : label;
  }

  /** Whether there are some, but no column of labels was read. */
  public boolean areUnused() {
    return !labels.isEmpty() && !used;
  }
}
