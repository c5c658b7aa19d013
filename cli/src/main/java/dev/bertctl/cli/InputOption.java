// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --input}: what commands have that apply a model to rows, or to standard input. */
@Command
final class InputOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      description =
          "The data; may be given several times, and be a pattern such as 'part-*.csv'; - for"
              + " standard input (the default).")
  private List<Path> input = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Format of the input where its ending does not tell: ${COMPLETION-CANDIDATES}. Left out,"
              + " standard input is jsonl if it begins with '{' or '[{', else what the task usually"
              + " reads.")
  private Optional<DataFile.Format> format = Optional.empty();

  /**
   * The rows: texts on the command line, or what the option names.
   *
   * @param typed what else stands on the command line
   * @param texts arguments behind the model
   * @param config of the task that reads them
   * @param notice is told on a terminal that standard input is read
   */
  DataFile rows(
      TypedInput typed, List<String> texts, TaskConfig<?> config, Consumer<String> notice) {
    if (typed.isGiven(texts)) {
      requireNone();
      return typed.rows(texts, config);
    }
    return open(config.plugin().usualFormat(), FileSettings.of(config.settings()), notice);
  }

  /** Makes sure that there is no other input than texts on the command line. */
  void requireNone() {
    if (!input.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "texts on the command line, or --input FILE: give one of both");
    }
  }

  /** The format, if it is given. */
  Optional<DataFile.Format> format() {
    return format;
  }

  /**
   * The files, or standard input.
   *
   * @param usual the format of those that do not tell it
   * @param files how they are read
   * @param notice is told on a terminal that standard input is read
   */
  DataFile open(Optional<DataFile.Format> usual, FileSettings files, Consumer<String> notice) {
    if (!input.isEmpty() && !input.contains(Path.of(StandardInput.NAME))) {
      return DataFiles.open(input, format, usual, files);
    }
    if (input.size() > 1) {
      throw new ParameterException(
          command.commandLine(), "--input -: standard input is read alone, not with other files");
    }
    StandardInput.noticeOnTerminal(format.or(() -> usual), notice);
    return DataFiles.standardInput(System.in, format, usual, files);
  }
}
