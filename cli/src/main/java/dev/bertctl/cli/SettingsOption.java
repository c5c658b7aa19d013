// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.runtime.options.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --set}: what commands have that follow a configuration. */
@Command
final class SettingsOption {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting, such as train.epochs=1; may be given several times.")
  private List<String> set = List.of();

  /** The overrides, those of other options first: {@code --set} has the last word. */
  List<Assignment> assignments(List<Assignment> others) {
    List<Assignment> all = new ArrayList<>(others);
    set.stream().map(SettingsOption::assignment).forEach(all::add);
    return all;
  }

  /**
   * Reads the argument of {@code --set}.
   *
   * @throws ConfigException if it is not of the form {@code key=value}
   */
  static Assignment assignment(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(
          "--set %s: write it as key=value, such as --set train.epochs=1".formatted(argument));
    }
    return new Assignment(
        argument.substring(0, equals).strip(),
        argument.substring(equals + 1).strip(),
        "--set " + argument);
  }

  /** A setting given by an option of its own. */
  static Assignment assignment(String key, String option, Path value) {
    return new Assignment(key, value.toString(), option + " " + value);
  }

  /** A setting that takes several paths, given by an option of its own. */
  static Assignment assignment(String key, String option, List<Path> values) {
    return new Assignment(
        key,
        AppConfig.list(values),
        values.stream().map(value -> option + " " + value).collect(Collectors.joining(" ")));
  }
}
