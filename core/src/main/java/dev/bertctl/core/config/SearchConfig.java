// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.core.space.SearchSpace;
import dev.bertctl.runtime.options.Binder;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.spi.TaskPlugin;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a search, complete and checked.
 *
 * @param task what all trials have in common; their metric is its {@code train.best-metric}
 * @param trials how many configurations are tried
 * @param space what is drawn
 * @param values the section {@code search} as texts by key, defaults included
 */
public record SearchConfig<O>(
    TaskConfig<O> task, int trials, SearchSpace space, Map<String, String> values) {

  private static final String METRIC = "search.metric";

  /** Copies the map, keeping its order. */
  public SearchConfig {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads a configuration file with its section {@code search}, or {@code tasks.NAME.search}.
   *
   * @param file app.yaml
   * @param plugin the task it is read for
   * @param assignments what the command line says, the last one being the strongest
   * @throws ConfigException naming everything that is wrong
   */
  public static <O> SearchConfig<O> load(
      Path file, TaskPlugin<O> plugin, List<Assignment> assignments) {
    YamlFile yaml = YamlFile.read(file);
    Schema schema = AppConfig.schema(plugin, SearchSettings.Section.class);
    Binder binder = AppConfig.binder(plugin, schema);
    Layers layers = new Layers(plugin.name(), true, binder);
    layers.add(yaml);
    layers.add(assignments);
    // What trials are compared by is what the evaluations of each are compared by.
    binder.given(METRIC).ifPresent(metric -> binder.add(metric.withKey("train.best-metric")));
    Binder.Bound bound = binder.bind(yaml.origin(), AppConfig.whereToSet(plugin));
    SearchSettings search = bound.as(SearchSettings.Section.class).search();
    return new SearchConfig<>(
        AppConfig.of(plugin, bound, yaml.origin()),
        search.trials(),
        new SearchSpace(
            new SearchedSettings(AppConfig.schema(plugin), bound.values(), yaml.origin())
                .dimensions(search.space()),
            search.seed()),
        bound.textsOf(Schema.of(List.of(SearchSettings.Section.class))));
  }
}
