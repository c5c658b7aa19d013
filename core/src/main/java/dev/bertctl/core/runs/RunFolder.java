// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.report.ReportFiles;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.ExclusiveFolder;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.saved.SavedTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run leaves behind: a folder that is whole whenever it is there.
 *
 * <p>Whatever is unfinished is in a hidden folder beside it, {@code runs/.nli} for {@code
 * runs/nli}. In the end the results are complete in a folder there, which takes the run's name in
 * one step: by a new name, or by changing places with the results of an earlier run. A file in it,
 * {@code .publishing}, says until all is tidied up that this has been done, so that whoever comes
 * after a process that was killed knows what is new and what is old, and finishes the job.
 */
public final class RunFolder {

  public static final String MODEL = SavedTask.MODEL;
  static final String METRICS = "metrics.json";
  static final String PREDICTIONS = "predictions.jsonl";
  static final String HISTORY = "history.jsonl";
  static final String RESOLVED = "resolved.yaml";
  static final String LOG = "run.log";
  static final String EVENTS = "tensorboard";

  /** What a finished run was made of: see {@link RunInputs}. */
  static final String INPUTS = ".inputs.json";

  /** The examples that the report shows of the best evaluation, until there is a report. */
  static final String EXAMPLES = ".examples.json";

  static final String PUBLISHING = ".publishing";

  /** What the run was begun with that may replace the results; see {@link RunInputs}. */
  private static final String BEGUN = "begun.json";

  /** What a run that was killed leaves in its workplace and the next one has no use for. */
  private static final Pattern SCRATCH =
      Pattern.compile(
          "\\.features-[0-9]+\\.bin|\\.new-model-[0-9]+|forgotten|trial-[0-9]+|begun\\.json\\.partial");

  /** What there may be in it. */
  private static final Pattern WORKPLACE =
      Pattern.compile("\\.lock|begun\\.json|\\.begun\\.json\\.lock|unfinished|" + SCRATCH);

  private static final List<String> RESULTS =
      List.of(
          MODEL,
          METRICS,
          PREDICTIONS,
          HISTORY,
          RESOLVED,
          LOG,
          EVENTS,
          INPUTS,
          EXAMPLES,
          ReportFiles.JSON,
          ReportFiles.HTML);

  private final Path root;

  /**
   * @param root the run's folder, such as {@code runs/nli}; a link stays one, and what it leads to
   *     is the folder
   */
  public RunFolder(Path root) {
    this.root = behindLinks(root);
  }

  private static Path behindLinks(Path root) {
    try {
      return Files.isSymbolicLink(root) && Files.exists(root) ? root.toRealPath() : root;
    } catch (IOException e) {
      throw FileException.reading(root, e);
    }
  }

  /** The run's folder, such as {@code runs/nli}. */
  public Path root() {
    return root;
  }

  /** Where a run works until it is done, such as {@code runs/.nli}. */
  public Path workplace() {
    return root.resolveSibling("." + root.getFileName());
  }

  /** Where an unfinished run keeps what it has. */
  public Path unfinished() {
    return workplace().resolve("unfinished");
  }

  /** Whether there are results of a finished run, or what looks like them. */
  boolean hasResults() {
    return RESULTS.stream().anyMatch(name -> Files.exists(root.resolve(name)));
  }

  /**
   * What the finished run has found.
   *
   * @param inputs what it is to have been made of
   * @throws UserException if it was made of something else
   */
  RunResult finished(RunInputs inputs) {
    Path file = root.resolve(INPUTS);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          root + ": there are results here that no finished run wrote", new KeepOrReplace(true));
    }
    ObjectNode kept = JsonFile.read(file);
    inputs.requireSame(kept, root, "the finished run", new KeepOrReplace(true));
    Path metrics = root.resolve(METRICS);
    if (!FileSums.of(metrics).equals(JsonFields.of(file, kept).text(METRICS))) {
      throw new UserException(
          metrics + ": is not what the finished run wrote", new KeepOrReplace(true));
    }
    return RunResult.read(JsonFields.of(metrics, JsonFile.read(metrics)));
  }

  /**
   * Keeps what a finished run was made of, and the checksum of what it has found.
   *
   * @param results where its metrics are
   */
  static void keepInputs(Path results, RunInputs inputs) {
    ObjectNode fields = inputs.fields();
    fields.put(METRICS, FileSums.of(results.resolve(METRICS)));
    JsonFile.write(results.resolve(INPUTS), fields);
  }

  /**
   * Works in it while no other run does; what a run that was killed had published but not tidied up
   * is finished first.
   *
   * @throws UserException if another run does already
   */
  public <T> T alone(Supplier<T> work) {
    return ExclusiveFolder.work(
        workplace(),
        new OtherOutput(),
        () -> {
          removeScratch();
          settle();
          return work.get();
        });
  }

  /**
   * Gives results their name back that a run which was killed on a disk that cannot exchange
   * folders has left without one; touches no other folder.
   *
   * @param folder the folder of a run, perhaps
   */
  static void restore(Path folder) {
    RunFolder run = new RunFolder(folder.toAbsolutePath().normalize());
    if (run.root.getFileName() != null && !Files.exists(folder) && Files.exists(run.aside())) {
      run.alone(() -> null);
    }
  }

  /** Where results step aside on a disk that cannot exchange two folders. */
  private Path aside() {
    return unfinished().resolve("replaced");
  }

  /**
   * Removes temporary files of a run that was killed.
   *
   * @throws UserException if there is anything that no run makes there
   */
  private void removeScratch() {
    try (Stream<Path> files = Files.list(workplace())) {
      List<Path> all = files.sorted().toList();
      for (Path file : all) {
        if (!WORKPLACE.matcher(file.getFileName().toString()).matches()) {
          throw new UserException(
              "%s: no run made that, and it is in a folder that this run needs; move it elsewhere, or give this run a folder of its own with another 'output'"
                  .formatted(file));
        }
      }
      for (Path file : all) {
        if (SCRATCH.matcher(file.getFileName().toString()).matches()) {
          FileTree.delete(file);
        }
      }
    } catch (IOException e) {
      throw FileException.reading(workplace(), e);
    }
  }

  /**
   * Takes note that a run has begun which may replace the results that are there: if it is killed
   * before its first checkpoint, it need not be allowed again to go on.
   */
  void begin(RunInputs inputs) {
    FileTree.create(workplace());
    JsonFile.write(begun(), inputs.fields());
  }

  /** Whether a run with these inputs has begun that may replace the results. */
  boolean isBegun(RunInputs inputs) {
    return Files.exists(begun()) && JsonFile.read(begun()).equals(inputs.fields());
  }

  private Path begun() {
    return workplace().resolve(BEGUN);
  }

  /** Begins anew, dropping an unfinished run. */
  void clear() {
    drop();
    FileTree.create(unfinished());
  }

  /** Removes what is unfinished, and forgets that a run has begun. */
  public void forget() {
    drop();
    FileTree.delete(begun());
  }

  /**
   * What is unfinished loses its name first: half of it must not be taken for a run that can go on,
   * nor half of old results for files that no run wrote.
   */
  private void drop() {
    if (Files.exists(unfinished())) {
      Path forgotten = workplace().resolve("forgotten");
      FileTree.move(unfinished(), forgotten);
      FileTree.delete(forgotten);
    }
  }

  /**
   * Gives results the run's name; those of an earlier run go, but for files that no run wrote.
   *
   * @param results a complete folder in {@link #unfinished()}
   * @throws UserException if one of those is in the way; then nothing has changed
   */
  void publish(Path results) {
    List<String> taskFiles = taskFiles(results);
    WrittenFiles.write(results, taskFiles);
    requireReplaceable(taskFiles);
    WholeFile.write(
        results.resolve(PUBLISHING),
        file -> Files.writeString(file, results.getFileName().toString()));
    if (!hasResults()) {
      if (Files.isDirectory(root)) {
        // Made beforehand, perhaps with files of the user's own.
        new WrittenFiles(root).carryOver(results);
      }
      FileTree.move(results, root);
    } else if (!FileTree.exchange(results, root)) {
      FileTree.move(root, aside());
      FileTree.move(results, root);
    }
    settle();
  }

  private void settle() {
    if (Files.exists(aside()) && !Files.exists(root)) {
      FileTree.move(published(), root);
    }
    Path marker = root.resolve(PUBLISHING);
    if (Files.exists(marker)) {
      for (Path old : List.of(aside(), read(marker))) {
        if (Files.isDirectory(old)) {
          new WrittenFiles(old).carryOver(root);
        }
      }
      // A checkpoint referred to it as long as there was one.
      forget();
      FileTree.delete(root.resolve(EXAMPLES));
      FileTree.delete(marker);
    }
  }

  /** The results that were about to take the run's name. */
  private Path published() {
    try (Stream<Path> folders = Files.list(unfinished())) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(PUBLISHING)))
          .findFirst()
          .orElse(aside());
    } catch (IOException e) {
      throw FileException.reading(unfinished(), e);
    }
  }

  /** Where the results were before they took the run's name. */
  private Path read(Path marker) {
    try {
      return unfinished().resolve(UnfinishedRun.requireBest(Files.readString(marker), marker));
    } catch (IOException e) {
      throw FileException.reading(marker, e);
    }
  }

  /**
   * Makes sure that new results replace nothing that no run wrote.
   *
   * @param taskFiles names of files that the task writes in forms of its own
   * @throws UserException naming what is in the way
   */
  void requireReplaceable(Collection<String> taskFiles) {
    new WrittenFiles(root).requireReplaceable(taskFiles);
  }

  /**
   * Makes sure that the results hold nothing that no run wrote.
   *
   * @param also names that there may be besides
   * @throws UserException naming what does
   */
  public void requireNoOthers(Pattern also) {
    new WrittenFiles(root).requireNoOthers(also);
  }

  /** Removes the model of the results, and nothing that no run wrote. */
  public void deleteModel() {
    new WrittenFiles(root).deleteModel();
  }

  /** Files that the task of a run wrote in forms of its own. */
  private static List<String> taskFiles(Path results) {
    Path metrics = results.resolve(METRICS);
    return Files.exists(metrics)
        ? JsonFile.read(metrics)
            .path(RunResult.TASK_FILES)
            .valueStream()
            .map(JsonNode::asText)
            .filter(name -> Files.isRegularFile(results.resolve(name)))
            .toList()
        : List.of();
  }
}
