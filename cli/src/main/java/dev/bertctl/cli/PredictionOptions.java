// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.output.Formulas;
import dev.bertctl.core.output.OutputColumn;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.output.PredictionTarget.BadRowsFile;
import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.core.output.Probabilities;
import dev.bertctl.core.output.RowLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Where predictions go, and what becomes of those that a command left unfinished. */
@Command
final class PredictionOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = StandardOutput.NAME,
      description =
          "Where to write; - for standard output (the default), as JSON lines. Until all predictions"
              + " are made they are in FILE.partial.")
  private Path output;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      converter = ColumnConverter.class,
      description =
          "Columns to write, in this order, of the input and of the prediction: NAME, NEW_NAME=NAME, or"
              + " a part such as NEW_NAME=probabilities.yes. All unless given.")
  private List<OutputColumn> columns = List.of();

  @Option(
      names = "--probabilities",
      paramLabel = "WHICH",
      defaultValue = "all",
      converter = ProbabilitiesConverter.class,
      description =
          "Probabilities to write: all, none, or top:N for the N likeliest, highest first.")
  private Probabilities probabilities = Probabilities.ALL;

  @Option(
      names = "--escape-formulas",
      description =
          "Write an apostrophe before cells of csv and tsv that a spreadsheet would take for formulas:"
              + " that begin with = + - @, a tab or a line end, and are no numbers.")
  private boolean escapeFormulas;

  @Option(
      names = "--resume",
      description = "Go on with the predictions that a command like this one left unfinished.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Drop predictions that were left unfinished.")
  private boolean overwrite;

  @Option(
      names = "--skip-bad",
      paramLabel = "N",
      description =
          "Pass over up to N rows that cannot be used, of csv, tsv or JSON lines, and write them to"
              + " a file with the reasons.")
  private Optional<Long> skipBad = Optional.empty();

  @Option(
      names = "--bad-rows",
      paramLabel = "FILE",
      description = "The file of rows passed over; OUTPUT.bad.jsonl unless given.")
  private Optional<Path> badRows = Optional.empty();

  /** The file to write; empty for standard output. */
  Optional<Path> file() {
    return Optional.of(output).filter(file -> !file.toString().equals(StandardOutput.NAME));
  }

  /** Whether columns or probabilities are chosen, as programs want them. */
  boolean isLaidOut() {
    return !layout().equals(RowLayout.ALL);
  }

  private RowLayout layout() {
    return new RowLayout(columns, probabilities, escapeFormulas ? Formulas.ESCAPED : Formulas.KEPT);
  }

  /**
   * What the options say.
   *
   * @param taskFiles folder for predictions in the task's own forms, if they are wanted
   * @throws ParameterException if they contradict each other
   */
  PredictionTarget target(Optional<Path> taskFiles) {
    require(
        file().isPresent() || !resume && !overwrite,
        resume ? "--resume" : "--overwrite",
        "--output FILE");
    require(
        file().isPresent() || !escapeFormulas,
        "--escape-formulas",
        "--output FILE, a name that ends with .csv or .tsv");
    require(!resume || !overwrite, "--resume", "to be given without --overwrite");
    require(badRows.isEmpty() || skipBad.isPresent(), "--bad-rows", "--skip-bad N");
    require(
        skipBad.isEmpty() || badRows.isPresent() || file().isPresent(),
        "--skip-bad",
        "--bad-rows FILE where predictions go to standard output");
    require(skipBad.orElse(1L) > 0, "--skip-bad", "a number of at least 1");
    return new PredictionTarget(
        file(),
        taskFiles,
        layout(),
        skipBad.map(most -> new BadRowsFile(badRows.orElseGet(this::besideOutput), most)),
        resume ? Start.RESUME : overwrite ? Start.OVERWRITE : Start.NEW);
  }

  private Path besideOutput() {
    Path file = file().orElseThrow();
    return file.resolveSibling(file.getFileName() + ".bad.jsonl");
  }

  private void require(boolean condition, String option, String need) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), option + " needs " + need);
    }
  }

  /** Makes a column of its text on the command line. */
  static final class ColumnConverter implements ITypeConverter<OutputColumn> {

    @Override
    public OutputColumn convert(String text) {
      return converted(text, OutputColumn::parse);
    }
  }

  /** Makes a choice of probabilities of its text on the command line. */
  static final class ProbabilitiesConverter implements ITypeConverter<Probabilities> {

    @Override
    public Probabilities convert(String text) {
      return converted(text, Probabilities::parse);
    }
  }

  private static <T> T converted(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
