// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import com.google.re2j.PatternSyntaxException;
import dev.bertctl.core.config.RowConditionSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.data.DataFile;
import java.util.ArrayList;
import java.util.List;

/** What is asked of a split's rows: {@code data.where}. */
public final class RowConditions {

  /** Every row is kept. */
  static final RowConditions NONE = new RowConditions(List.of());

  private final List<RowCondition> conditions;

  private RowConditions(List<RowCondition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /**
   * Those of a split.
   *
   * @throws dev.bertctl.runtime.options.ConfigException if one is none
   */
  static RowConditions of(TaskConfig<?> config, SplitName split) {
    List<RowConditionSettings> where = config.settings().data().where();
    List<RowCondition> conditions = new ArrayList<>();
    for (int i = 0; i < where.size(); i++) {
      RowCondition condition = condition(config, "data.where[%d]".formatted(i), where.get(i));
      if (where.get(i).splits().map(splits -> splits.contains(split)).orElse(true)) {
        conditions.add(condition);
      }
    }
    return new RowConditions(conditions);
  }

  private static RowCondition condition(
      TaskConfig<?> config, String key, RowConditionSettings settings) {
    try {
      RowCondition condition = new RowCondition(key, settings);
      if (!condition.asks()) {
        throw config.wrong(
            key + ".column",
            "nothing is asked of it; add not-empty, in, not-in, min-length, max-length, matches or not-matches");
      }
      return condition;
    } catch (PatternSyntaxException e) {
      boolean first = settings.matches().filter(text -> e.getPattern().equals(text)).isPresent();
      throw config.wrong(
          key + (first ? ".matches" : ".not-matches"),
          "is no regular expression of RE2 (%s): %s".formatted(e.getDescription(), e.getPattern()));
    }
  }

  /**
   * The rows of a file that meet the conditions.
   *
   * @param dropped counts the others
   */
  DataFile on(DataFile file, Skips dropped) {
    return conditions.isEmpty() ? file : new KeptRows(file, conditions, dropped);
  }
}
