// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the form that a file's name asks for. */
final class PredictionForms {

  /** Endings of files that have rows. */
  static final String ROWS = ".jsonl, .csv, .tsv or .parquet";

  /** Those of them that any row fits. */
  static final String OTHER_ROWS = ".jsonl or .csv";

  private static final List<String> TABLES = List.of(".csv", ".tsv");

  private PredictionForms() {}

  /**
   * The form that a file's ending tells: JSON lines, csv, tsv, Parquet, npy, or a form of the
   * task's own whose file has that ending. Without an ending it is JSON lines.
   *
   * @param layout what a row has, of forms that have rows
   * @throws UserException naming the endings, if there is no such form, or if columns are chosen
   *     for a form that has none, or formulas escaped for one that is no table
   */
  static <X extends Example, P extends Prediction> PredictionForm<X, P> of(
      Path file, RowLayout layout, Task<X, P> task) {
    String ending = ending(file.getFileName().toString());
    if (layout.formulas() == Formulas.ESCAPED && !TABLES.contains(ending)) {
      throw new UserException(
          "%s: only in tables are there cells that may be taken for formulas; name the output %s, or leave texts as they are"
              .formatted(file, String.join(" or ", TABLES)));
    }
    return switch (ending) {
      case "", ".jsonl", ".ndjson" -> new JsonLinesForm<>(layout);
      case ".csv" -> TableForm.csv(layout);
      case ".tsv" -> TableForm.tsv(layout);
      case ".parquet" -> new ParquetForm<>(file, layout);
      default -> {
        if (!layout.equals(RowLayout.ALL)) {
          throw new UserException(
              "%s: a file of this form has no columns to choose (%s); name the output %s"
                  .formatted(file, layout, ROWS));
        }
        yield ending.equals(".npy") ? new VectorsForm<>() : ofTask(file, ending, task);
      }
    };
  }

  /** A form of the task's own. */
  static <X extends Example, P extends Prediction> PredictionForm<X, P> of(OutputFile<X, P> file) {
    return file.content() instanceof OutputFile.Content.Json<X, P> json
        ? new JsonObjectForm<>(json)
        : new TextForm<>((OutputFile.Content.Text<X, P>) file.content());
  }

  private static <X extends Example, P extends Prediction> PredictionForm<X, P> ofTask(
      Path file, String ending, Task<X, P> task) {
    List<OutputFile<X, P>> fitting =
        task.files().stream().filter(own -> ending(own.name()).equals(ending)).toList();
    if (fitting.size() == 1) {
      return of(fitting.get(0));
    }
    throw new UserException(
        fitting.isEmpty()
            ? "%s: the ending '%s' tells no form of predictions; name the output %s"
                .formatted(file, ending, endings(task))
            : "%s: the task has several forms with the ending '%s' (%s), which are written into a folder; name the output %s"
                .formatted(
                    file,
                    ending,
                    fitting.stream().map(OutputFile::name).collect(Collectors.joining(", ")),
                    ROWS));
  }

  private static String endings(Task<?, ?> task) {
    List<String> all =
        Stream.concat(
                Stream.of(".jsonl", ".csv", ".tsv", ".parquet", ".npy"),
                task.files().stream().map(own -> ending(own.name())))
            .distinct()
            .toList();
    return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.get(all.size() - 1);
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
