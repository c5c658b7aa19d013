// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.ModelPrediction;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.Prediction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Prints predictions where they go to standard output, and says how far they are when they end too
 * early.
 */
final class PredictionProgress implements ModelPrediction.Output {

  private final Optional<Path> file;
  private final PrintWriter out;
  private final Optional<PredictionView> view;
  private volatile long done;

  /**
   * @param file where predictions are written; empty for standard output
   * @param out standard output
   * @param view shows predictions to a person; without it each is a line of JSON
   */
  PredictionProgress(Optional<Path> file, PrintWriter out, Optional<PredictionView> view) {
    this.file = file;
    this.out = out;
    this.view = view;
  }

  /** Each row of standard output is seen at once by whoever reads. */
  @Override
  public void accept(Map<String, Object> row, Prediction prediction, Optional<MarkedText> marked) {
    if (file.isEmpty()) {
      out.println(view.map(shown -> shown.of(row, marked)).orElseGet(() -> JsonRow.of(row)));
      out.flush();
      done++;
    }
  }

  @Override
  public void saved(long predictions) {
    if (file.isPresent()) {
      done = predictions;
    }
  }

  /** Where the predictions are that a failure left; of none there is nothing to say. */
  Optional<String> stopped() {
    return done == 0 ? Optional.empty() : Optional.of(text("stopped"));
  }

  /**
   * Where the predictions are, and how to go on.
   *
   * @param what happened, such as {@code interrupted}
   */
  String text(String what) {
    if (done == 0) {
      return what + " before the first predictions were written";
    }
    return file.map(
            path ->
                "%s after %,d predictions, which are kept in %s.partial; the same command with --resume goes on behind them"
                    .formatted(what, done, path))
        .orElseGet(() -> "%s after %,d predictions".formatted(what, done));
  }
}
