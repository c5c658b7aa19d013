// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * One file of a prediction: it grows beside its target and takes its name in the end. A target that
 * is no regular file, such as a pipe, gets all of it in the end.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class SavedFile<X extends Example, P extends Prediction> implements AutoCloseable {

  private final String key;
  private final Path target;
  private final Path partial;
  private final PredictionForm<X, P> form;
  private Optional<GrowingFile> grown = Optional.empty();

  /**
   * @param key what it is called among the files of a prediction
   * @param target where it is to be
   */
  SavedFile(String key, Path target, PredictionForm<X, P> form) {
    this.key = key;
    this.target = WholeFile.behindLinks(target);
    this.partial =
        WholeFile.isSpecial(target) ? temporary() : WholeFile.beside(this.target, ".partial");
    this.form = form;
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("bertctl-predictions-", ".partial");
    } catch (IOException e) {
      throw FileException.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  String key() {
    return key;
  }

  Path partial() {
    return partial;
  }

  /** Whether it has not taken its name yet. */
  boolean isUnfinished() {
    return Files.exists(partial);
  }

  /** Begins it, or goes on with it where there is more than a beginning. */
  void open(Mark mark) {
    grown = Optional.of(new GrowingFile(partial, mark));
    if (!mark.equals(Mark.START)) {
      form.recall(mark.memo());
    }
  }

  long places() {
    return grown.map(GrowingFile::places).orElse(0L);
  }

  void add(X example, P prediction) {
    try {
      GrowingFile file = grown.orElseThrow();
      file.add(form.part(example, prediction, file.places()));
    } catch (IOException e) {
      throw FileException.writing(target, e);
    }
  }

  /** Adds what is no prediction. */
  void addRow(Map<String, Object> fields) {
    try {
      grown.orElseThrow().add(JsonLinesForm.line(fields));
    } catch (IOException e) {
      throw FileException.writing(target, e);
    }
  }

  /** How far it is; empty if it has its name already. */
  Optional<Mark> mark() {
    return grown.map(file -> file.mark(form.memo()));
  }

  /** Ends it and gives it its name; if that was done before, nothing is left to do. */
  void complete() {
    if (grown.isEmpty()) {
      return;
    }
    GrowingFile file = grown.get();
    file.write(form.end(file.places()));
    close();
    try {
      Path whole = form.complete(partial);
      if (WholeFile.isSpecial(target)) {
        try (OutputStream out = Files.newOutputStream(target)) {
          Files.copy(whole, out);
        }
      } else {
        WholeFile.force(whole);
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(whole);
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw FileException.writing(target, e);
    }
  }

  /** Removes what is not complete. */
  void drop() {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw FileException.removing(partial, e);
    }
  }

  @Override
  public void close() {
    grown.ifPresent(GrowingFile::close);
    grown = Optional.empty();
  }
}
