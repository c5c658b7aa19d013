// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.RunSettings;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the job on Spark is told of a prediction.
 *
 * @param input paths or URIs
 * @param format the input's, if it is given
 * @param output a path or a URI
 * @param target how many rows may have no prediction, and whether an output that is there is
 *     replaced
 */
record SparkJob(
    List<String> input, Optional<DataFile.Format> format, String output, PredictionTarget target) {

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
   * @throws UserException naming a setting or a format that Spark does not know
   */
  List<String> arguments(Path folder, ChosenModel chosen, List<Assignment> assignments) {
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
    arguments.add("param=errorCol=" + (target.badRows().isPresent() ? "error" : ""));
    target.badRows().ifPresent(bad -> arguments.add("param=maxErrors=" + bad.most()));
    if (target.start() == PredictionTarget.Start.OVERWRITE) {
      arguments.add("overwrite=true");
    }
    ofTask(chosen, assignments)
        .forEach(one -> arguments.add("set=" + one.key() + "=" + one.value()));
    return arguments;
  }

  private static List<Assignment> ofTask(ChosenModel chosen, List<Assignment> assignments) {
    List<Assignment> others =
        assignments.stream().filter(one -> !COMPUTING.contains(one.key())).toList();
    if (!others.isEmpty() && chosen.saved().isPresent()) {
      throw new UserException(
          "%s: not on Spark, where a model's task is as it was trained; name columns by --spark param=inputCols=NAME=COLUMN"
              .formatted(others.get(0).origin()));
    }
    return others;
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
}
