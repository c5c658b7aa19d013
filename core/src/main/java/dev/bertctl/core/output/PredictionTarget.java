// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where predictions go.
 *
 * @param file the file that they are written to; without one they are only told, and a prediction
 *     that was cut off begins anew
 * @param taskFiles folder for predictions in the task's own forms, if they are wanted
 * @param layout what a row of predictions has
 * @param badRows where rows that cannot be used go; without it the first one ends the prediction
 * @param start what becomes of an unfinished prediction in the same place
 */
public record PredictionTarget(
    Optional<Path> file,
    Optional<Path> taskFiles,
    RowLayout layout,
    Optional<BadRowsFile> badRows,
    Start start) {

  /** Predictions are only told, and perhaps written in the task's own forms. */
  public static PredictionTarget toldOnly(Optional<Path> taskFiles) {
    return new PredictionTarget(
        Optional.empty(), taskFiles, RowLayout.ALL, Optional.empty(), Start.NEW);
  }

  /** What becomes of an unfinished prediction in the same place. */
  public enum Start {
    /** There must be none. */
    NEW,
    /** It is gone on with; without one the prediction begins. */
    RESUME,
    /** It is dropped. */
    OVERWRITE
  }

  /**
   * Rows that cannot be used, as JSON lines: {@code line}, {@code reason}, {@code row}.
   *
   * @param file where they go
   * @param most how many there may be; one more ends the prediction
   */
  public record BadRowsFile(Path file, long most) {}
}
