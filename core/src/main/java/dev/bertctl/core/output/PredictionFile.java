// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of predictions that is written at one go.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class PredictionFile<X extends Example, P extends Prediction>
    implements AutoCloseable {

  private final Path path;
  private final PredictionForm<X, P> form;
  private final GrowingFile file;
  private boolean ended;

  private PredictionFile(Path path, PredictionForm<X, P> form) {
    this.path = path;
    this.form = form;
    this.file = new GrowingFile(path, Mark.START);
  }

  /** JSON lines: a row for each example. */
  public static <X extends Example, P extends Prediction> PredictionFile<X, P> rows(Path path) {
    return new PredictionFile<>(path, new JsonLinesForm<>(RowLayout.ALL));
  }

  /** A form of the task's own. */
  public static <X extends Example, P extends Prediction> PredictionFile<X, P> of(
      Path path, OutputFile<X, P> form) {
    return new PredictionFile<>(path, PredictionForms.of(form));
  }

  /** Adds a prediction. */
  public void add(X example, P prediction) {
    try {
      file.add(form.part(example, prediction, file.places()));
    } catch (IOException e) {
      throw FileException.writing(path, e);
    }
  }

  /** Ends the file. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      file.write(form.end(file.places()));
      file.close();
    }
  }
}
