// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.files.ExclusiveFiles;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a prediction. Until all predictions are made each has the ending {@code .partial},
 * and grows; at every {@linkplain #mark mark} all of it is on disk, and how far it is stands in
 * {@code FILE.progress.json}. Whenever the process is killed, the same prediction can be opened
 * again and goes on behind the last mark.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class SavedPredictions<X extends Example, P extends Prediction>
    implements PredictionSink<X, P>, AutoCloseable {

  private static final String MAIN = "predictions";
  private static final String BAD_ROWS = "bad rows";

  private final Optional<StateFile> stateFile;
  private final Map<String, String> of;
  private final ExclusiveFiles alone;
  private final List<SavedFile<X, P>> files = new ArrayList<>();
  private final Optional<SavedFile<X, P>> badRows;
  private PredictionState state;
  private boolean predicted;

  /**
   * Opens the files, where they were left or from the beginning.
   *
   * @param of what is predicted with what
   * @throws UserException if an unfinished prediction is in the way, or is another one than that
   *     which is to go on, or another process writes one of the files
   */
  public SavedPredictions(Task<X, P> task, PredictionTarget target, Map<String, String> of) {
    this.of = of;
    target.taskFiles().ifPresent(FileTree::create);
    this.alone = ExclusiveFiles.of(targets(task, target));
    this.stateFile = target.file().filter(file -> !WholeFile.isSpecial(file)).map(StateFile::of);
    try {
      Optional<PredictionState.Saved> earlier = stateFile.flatMap(file -> file.open(target, of));
      this.state = earlier.map(PredictionState.Saved::state).orElse(PredictionState.START);
      this.predicted = earlier.map(PredictionState.Saved::predicted).orElse(false);
      this.badRows = open(task, target, earlier.map(PredictionState.Saved::marks).orElse(Map.of()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static List<Path> targets(Task<?, ?> task, PredictionTarget target) {
    List<Path> targets = new ArrayList<>(target.file().stream().toList());
    target
        .taskFiles()
        .ifPresent(folder -> task.files().forEach(own -> targets.add(folder.resolve(own.name()))));
    target.badRows().ifPresent(bad -> targets.add(bad.file()));
    return targets;
  }

  private Optional<SavedFile<X, P>> open(
      Task<X, P> task, PredictionTarget target, Map<String, Mark> marks) {
    target
        .file()
        .ifPresent(file -> add(MAIN, file, PredictionForms.of(file, target.layout(), task), marks));
    target.taskFiles().ifPresent(folder -> addOwn(folder, task, marks));
    Optional<SavedFile<X, P>> bad =
        target
            .badRows()
            .map(rows -> add(BAD_ROWS, rows.file(), new JsonLinesForm<>(RowLayout.ALL), marks));
    requireSameFiles(marks);
    return bad;
  }

  private void addOwn(Path folder, Task<X, P> task, Map<String, Mark> marks) {
    for (OutputFile<X, P> own : task.files()) {
      add("task file " + own.name(), folder.resolve(own.name()), PredictionForms.of(own), marks);
    }
  }

  private SavedFile<X, P> add(
      String key, Path target, PredictionForm<X, P> form, Map<String, Mark> marks) {
    SavedFile<X, P> file = new SavedFile<>(key, target, form);
    if (!predicted || file.isUnfinished()) {
      file.open(marks.getOrDefault(key, Mark.START));
    }
    files.add(file);
    return file;
  }

  /** Bad rows may be passed over from some point on, for which the user has seen the first one. */
  private void requireSameFiles(Map<String, Mark> marks) {
    List<String> now = new ArrayList<>(files.stream().map(SavedFile::key).toList());
    List<String> then = new ArrayList<>(marks.keySet());
    if (marks.isEmpty()) {
      return;
    }
    if (!then.contains(BAD_ROWS)) {
      now.remove(BAD_ROWS);
    }
    if (!now.equals(then)) {
      throw new UserException(
          "%s: the prediction was begun with other files (%s), not with: %s"
              .formatted(
                  stateFile.orElseThrow().path(), String.join(", ", then), String.join(", ", now)),
          new DropUnfinished());
    }
  }

  /** How far the prediction is. */
  public PredictionState state() {
    return state;
  }

  /**
   * Whether all predictions were made when the files were opened: they are only to be completed.
   */
  public boolean isPredicted() {
    return predicted;
  }

  /** Predictions of which no more than their bytes is to be lost. */
  public long saved() {
    return state.truncation().examples();
  }

  /** Where the predictions are until they are complete; empty where they cannot be gone on with. */
  public Optional<Path> unfinished() {
    return stateFile.map(file -> files.get(0).partial());
  }

  @Override
  public void accept(X example, P prediction) {
    for (SavedFile<X, P> file : files) {
      if (!file.key().equals(BAD_ROWS)) {
        file.add(example, prediction);
      }
    }
  }

  /** Rows that could not be used so far. */
  public long badRows() {
    return badRows.map(SavedFile::places).orElse(0L);
  }

  /** Adds a row that cannot be used. */
  public void addBadRow(Map<String, Object> fields) {
    badRows.orElseThrow().addRow(fields);
  }

  /** Brings all that there is to the disk: from here the prediction can go on. */
  public void mark(PredictionState now) {
    state = now;
    save();
  }

  private void save() {
    Map<String, Mark> marks = new LinkedHashMap<>();
    files.forEach(file -> file.mark().ifPresent(mark -> marks.put(file.key(), mark)));
    stateFile.ifPresent(file -> file.write(new PredictionState.Saved(of, state, marks, predicted)));
  }

  /** Ends the files and gives them their names; existing ones are replaced. */
  public void complete() {
    if (!predicted) {
      predicted = true;
      save();
    }
    files.forEach(SavedFile::complete);
    stateFile.ifPresent(StateFile::delete);
  }

  /**
   * Closes the files; where the prediction cannot be gone on with, what is not complete is removed.
   */
  @Override
  public void close() {
    try {
      files.forEach(SavedFile::close);
      if (stateFile.map(file -> !Files.exists(file.path())).orElse(true)) {
        files.forEach(SavedFile::drop);
      }
    } finally {
      alone.close();
    }
  }
}
