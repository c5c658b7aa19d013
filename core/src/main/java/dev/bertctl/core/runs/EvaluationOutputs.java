// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.slices.SliceBy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation gives besides its figures.
 *
 * @param predictions where predictions are written, if at all
 * @param taskFiles folder for predictions in the task's own forms, if they are wanted
 * @param report where a page with the errors is written, and its facts as JSON beside it, if at all
 * @param slices what to slice the data by, if parts of them are to be scored too
 */
public record EvaluationOutputs(
    Optional<Path> predictions,
    Optional<Path> taskFiles,
    Optional<Path> report,
    List<SliceBy> slices) {

  /** Nothing. */
  public static final EvaluationOutputs NONE =
      new EvaluationOutputs(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Copies the list. */
  public EvaluationOutputs {
    slices = List.copyOf(slices);
  }
}
