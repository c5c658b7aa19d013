// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.RunSettings;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.PluginOrigin;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the job on Spark is told of a prediction.
 *
 * @param input paths or URIs
 * @param output a path or a URI
 * @param skipBad how many rows may have no prediction; empty if there may be none
 */
record SparkJob(List<String> input, String output, Optional<Long> skipBad) {

  /** Settings that are parameters on Spark. */
  private static final Set<String> COMPUTING = Set.of("device", "engine", "quantize", "max-length");

  /** Copies the list. */
  SparkJob {
    input = List.copyOf(input);
  }

  /**
   * The arguments, {@code KEY=VALUE}.
   *
   * @param folder the model's
   * @param assignments what the command line sets
   * @param format the input's, if it is given
   * @throws UserException naming a setting or a format that Spark does not know
   */
  List<String> arguments(
      Path folder,
      ChosenModel chosen,
      List<Assignment> assignments,
      Optional<DataFile.Format> format) {
    List<String> arguments = new ArrayList<>();
    arguments.add("model=" + folder.toAbsolutePath());
    if (chosen.saved().isEmpty()) {
      arguments.add("task=" + chosen.config().plugin().name());
    }
    input.forEach(path -> arguments.add("input=" + path));
    arguments.add("output=" + output);
    format.ifPresent(one -> arguments.add("format=" + spark(one)));
    RunSettings settings = chosen.config().settings();
    arguments.add("param=device=" + settings.device());
    arguments.add("param=engine=" + settings.engine());
    arguments.add("param=quantize=" + settings.quantize());
    arguments.add("param=maxLength=" + settings.maxLength());
    arguments.add("param=errorCol=" + (skipBad.isPresent() ? "error" : ""));
    skipBad.ifPresent(most -> arguments.add("param=maxErrors=" + most));
    String others = ofTask(chosen, assignments);
    if (!others.isEmpty()) {
      arguments.add("param=taskSettings=" + others);
    }
    return arguments;
  }

  private static String ofTask(ChosenModel chosen, List<Assignment> assignments) {
    List<Assignment> others =
        assignments.stream().filter(one -> !COMPUTING.contains(one.key())).toList();
    if (!others.isEmpty() && chosen.saved().isPresent()) {
      throw new UserException(
          "%s: not on Spark, where a model's task is as it was trained; name columns by --spark param=inputCols=NAME=COLUMN"
              .formatted(others.get(0).origin()));
    }
    return others.stream()
        .map(one -> one.key() + "=" + one.value())
        .collect(Collectors.joining(","));
  }

  private static String spark(DataFile.Format format) {
    return switch (format) {
      case CSV -> "csv";
      case JSONL -> "json";
      case TEXT -> "text";
      default ->
          throw new UserException(
              "--format %s: Spark reads csv, jsonl, text and Parquet".formatted(format));
    };
  }

  /** The jar of a plugin that is none of bertctl's own, which lie beside the SPI's. */
  static List<Path> outside(TaskPlugin<?> plugin) {
    Optional<Path> jar = PluginOrigin.of(plugin.getClass()).file();
    Optional<Path> own = PluginOrigin.of(TaskPlugin.class).file().map(Path::getParent);
    return jar.filter(file -> !own.equals(Optional.ofNullable(file.getParent()))).stream().toList();
  }
}
