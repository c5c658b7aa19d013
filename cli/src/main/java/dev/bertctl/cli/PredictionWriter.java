// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes predictions, one after the other. */
interface PredictionWriter extends AutoCloseable {

  /**
   * Writes one.
   *
   * @param columns the input's columns
   * @param prediction the prediction
   */
  void write(Map<String, Object> columns, Prediction prediction);

  @Override
  void close();

  /**
   * Rows of the input's columns and the prediction's fields, which replace columns of their names.
   */
  static PredictionWriter of(RowWriter rows) {
    return new PredictionWriter() {
      @Override
      public void write(Map<String, Object> columns, Prediction prediction) {
        Map<String, Object> row = new LinkedHashMap<>(columns);
        row.putAll(prediction.fields());
        rows.write(row);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  /**
   * Into a file, in the form that its ending tells: npy, csv, tsv, or else JSON lines.
   *
   * @param name the file's name
   * @param file what is written to, which may be called otherwise until it is complete
   */
  static PredictionWriter into(Path name, Path file) throws IOException {
    return name.toString().toLowerCase(Locale.ROOT).endsWith(".npy")
        ? new NpyWriter(file)
        : of(RowWriter.of(name, Files.newBufferedWriter(file)));
  }
}
