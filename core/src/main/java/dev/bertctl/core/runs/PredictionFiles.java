// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.output.PredictionFile;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.files.ExclusiveFiles;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes predictions in forms of the task's own while they are made, one file each. Until all are
 * there, and {@link #publish} is called, they are in a hidden folder beside their places.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class PredictionFiles<X extends Example, P extends Prediction>
    implements PredictionSink<X, P>, AutoCloseable {

  private final Path folder;
  private final Path partial;
  private final ExclusiveFiles alone;
  private final Map<String, PredictionFile<X, P>> files = new LinkedHashMap<>();
  private boolean ended;

  private PredictionFiles(Path folder) {
    this.folder = folder;
    this.partial = folder.resolve(".predictions.part");
    this.alone = ExclusiveFiles.of(List.of(partial));
    FileTree.clear(partial);
  }

  /**
   * The task's own files.
   *
   * @param folder where they are to be; it must be there
   * @throws dev.bertctl.runtime.UserException if another process writes such files there
   */
  static <X extends Example, P extends Prediction> PredictionFiles<X, P> ofTask(
      Path folder, Task<X, P> task) {
    PredictionFiles<X, P> files = new PredictionFiles<>(folder);
    for (OutputFile<X, P> file : task.files()) {
      files.files.put(file.name(), PredictionFile.of(files.partial.resolve(file.name()), file));
    }
    return files;
  }

  /**
   * The task's own files, and {@code predictions.jsonl}: one line an example, in the input's order.
   *
   * @param folder where they are to be; it must be there
   * @throws dev.bertctl.runtime.UserException if another process writes such files there
   */
  static <X extends Example, P extends Prediction> PredictionFiles<X, P> ofRun(
      Path folder, Task<X, P> task) {
    PredictionFiles<X, P> files = ofTask(folder, task);
    files.files.put(
        RunFolder.PREDICTIONS, PredictionFile.rows(files.partial.resolve(RunFolder.PREDICTIONS)));
    return files;
  }

  @Override
  public void accept(X example, P prediction) {
    files.values().forEach(file -> file.add(example, prediction));
  }

  /** Puts the files in their places; existing ones are replaced. */
  void publish() {
    endFiles();
    for (String name : files.keySet()) {
      WholeFile.force(partial.resolve(name));
      FileTree.replace(partial.resolve(name), folder.resolve(name));
    }
    drop();
  }

  /** Ends the files, and drops those that are not published. */
  void drop() {
    if (!ended) {
      endFiles();
      FileTree.delete(partial);
      close();
    }
  }

  /** Ends the files; those that are not published are dropped when others are begun. */
  @Override
  public void close() {
    ended = true;
    endFiles();
    alone.close();
  }

  private void endFiles() {
    files.values().forEach(PredictionFile::close);
  }
}
