// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.ResolvedSetting;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl config TASK}: the configuration as a run would use it. */
@Command(
    name = "config",
    description = {
      "Shows the configuration as a run would use it, defaults included.",
      "",
      "It is YAML that can be used as a configuration itself. What was set has a comment: where,"
          + " and the default if it differs from it."
    },
    footer = {
      "  bertctl config nli --config app.yaml",
      "  bertctl config nli --config app.yaml --set train.epochs=1 --changed",
      "  bertctl config nli --config app.yaml --json"
    })
final class ConfigCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Mixin private ConfiguredTask task;

  @Option(names = "--changed", description = "Show only what differs from the defaults.")
  private boolean changed;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ConfigCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    TaskConfig<?> config = task.load(registry, List.of());
    List<ResolvedSetting> settings =
        ResolvedSetting.of(config).stream()
            .filter(setting -> !changed || setting.changed())
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      settings.forEach(setting -> fields.put(setting.key(), fields(setting)));
      Json.print(Map.of("task", config.plugin().name(), "settings", fields), out);
    } else {
      Map<String, String> comments = new LinkedHashMap<>();
      settings.forEach(
          setting -> comment(setting).ifPresent(text -> comments.put(setting.key(), text)));
      out.print(config.toYaml(settings.stream().map(ResolvedSetting::key).toList(), comments));
    }
  }

  private static Map<String, Object> fields(ResolvedSetting setting) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("value", setting.value());
    fields.put("default", setting.defaultValue().orElse(null));
    fields.put("changed", setting.changed());
    fields.put("origin", setting.origin().orElse(null));
    return fields;
  }

  /** Such as {@code default: 3; app.yaml:7}. */
  private static Optional<String> comment(ResolvedSetting setting) {
    Optional<String> ordinary =
        setting.defaultText().filter(text -> setting.changed()).map("default: "::concat);
    return ordinary
        .map(text -> text + setting.origin().map("; "::concat).orElse(""))
        .or(setting::origin);
  }
}
