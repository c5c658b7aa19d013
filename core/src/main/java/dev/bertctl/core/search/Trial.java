// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import dev.bertctl.core.config.ResolvedSetting;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A configuration that is tried.
 *
 * @param number counted from 1, in the order in which they are drawn
 * @param settings what was drawn, as it would stand in a configuration
 * @param config the whole configuration
 */
public record Trial(int number, Map<String, String> settings, TaskConfig<?> config) {

  /** Copies the map, keeping its order. */
  public Trial {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Draws trials. One whose settings were drawn before is left out: it would be the same training.
   *
   * @param count how many are drawn
   * @param common what all of them have in common
   */
  static List<Trial> draw(SearchSpace space, int count, TaskConfig<?> common) {
    Set<Map<String, String>> drawn =
        IntStream.range(0, count)
            .mapToObj(space::draw)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    List<Trial> trials = new ArrayList<>();
    for (Map<String, String> settings : drawn) {
      int number = trials.size() + 1;
      trials.add(new Trial(number, settings, common.withSettings(settings, name(number))));
    }
    return trials;
  }

  private static String name(int number) {
    return "trial " + number;
  }

  /** What to call it. */
  String name() {
    return name(number);
  }

  /**
   * Its configuration when it is trained for a number of epochs.
   *
   * @param common what all trials have in common
   */
  TaskConfig<?> of(TaskConfig<?> common, int epochs) {
    Map<String, Object> own = new LinkedHashMap<>(settings);
    own.put("train.epochs", epochs);
    return common.withSettings(own, name());
  }

  /** What was drawn: texts, numbers and booleans, or lists of them. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> all =
        ResolvedSetting.of(config).stream()
            .collect(Collectors.toMap(ResolvedSetting::key, ResolvedSetting::value));
    settings.keySet().forEach(key -> values.put(key, all.get(key)));
    return values;
  }

  /** Such as {@code train.learning-rate 3e-5, train.batch-size 16}. */
  String text() {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }
}
