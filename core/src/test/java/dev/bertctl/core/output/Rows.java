// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows that are example and prediction at once. */
record Rows(Map<String, Object> columns) implements Example, Prediction {

  @Override
  public Location location() {
    return new Location("rows", 1);
  }

  @Override
  public Map<String, Object> fields() {
    return columns;
  }

  static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  /** A task that has nothing but files of its own. */
  @SafeVarargs
  static <P extends Prediction> Task<Rows, P> task(OutputFile<Rows, P>... files) {
    Task<Rows, P> task = Task.of(null, null, null, null);
    for (OutputFile<Rows, P> file : files) {
      task = task.writing(file);
    }
    return task;
  }

  static <P extends Prediction> SavedPredictions<Rows, P> open(
      Path file, Start start, Task<Rows, P> task) {
    return new SavedPredictions<>(
        task,
        new PredictionTarget(
            Optional.of(file), Optional.empty(), RowLayout.ALL, Optional.empty(), start),
        Map.of("the task", "rows"));
  }

  /** Writes a whole file. */
  static void write(Path file, List<? extends Map<?, ?>> rows) {
    try (SavedPredictions<Rows, Rows> saved = open(file, Start.NEW, task())) {
      for (Map<?, ?> row : rows) {
        Map<String, Object> columns = new LinkedHashMap<>();
        row.forEach((name, value) -> columns.put((String) name, value));
        saved.accept(new Rows(columns), new Rows(Map.of()));
      }
      saved.complete();
    }
  }
}
