// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.ExclusiveFolder;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a run leaves behind. While it is under way everything is in the folder {@code .unfinished};
 * the results of an earlier run are replaced only when this one is done.
 */
public final class RunFolder {

  static final String MODEL = "model";
  static final String METRICS = "metrics.json";
  static final String PREDICTIONS = "predictions.jsonl";
  static final String HISTORY = "history.jsonl";
  static final String RESOLVED = "resolved.yaml";

  private static final List<String> RESULTS =
      List.of(MODEL, METRICS, PREDICTIONS, HISTORY, RESOLVED);

  private final Path root;

  /**
   * @param root the run's folder, such as {@code runs/nli}
   */
  RunFolder(Path root) {
    this.root = root;
  }

  /** The run's folder, such as {@code runs/nli}. */
  Path root() {
    return root;
  }

  /** Where an unfinished run keeps what it has. */
  Path unfinished() {
    return root.resolve(".unfinished");
  }

  /**
   * Works in it while no other run does.
   *
   * @throws UserException if another run does already
   */
  <T> T alone(Supplier<T> work) {
    return ExclusiveFolder.work(root, new OtherOutput(), work);
  }

  /** Begins anew, forgetting an unfinished run. */
  void clear() {
    FileTree.clear(unfinished());
  }

  /**
   * Moves the results of the finished run into place; those of an earlier one that this run does
   * not have are removed.
   */
  void publish() {
    // The metrics, which say what an earlier run's task wrote, go after those.
    Set<String> names = new LinkedHashSet<>(taskFiles(root));
    names.addAll(taskFiles(unfinished()));
    names.addAll(RESULTS);
    for (String name : names) {
      Path from = unfinished().resolve(name);
      if (Files.exists(from)) {
        FileTree.replace(from, root.resolve(name));
      } else {
        FileTree.delete(root.resolve(name));
      }
    }
    FileTree.delete(unfinished());
  }

  /**
   * Files that the task of a finished run wrote: another task, or the same one with other options,
   * has others.
   */
  private static List<String> taskFiles(Path results) {
    Path metrics = results.resolve(METRICS);
    if (!Files.exists(metrics)) {
      return List.of();
    }
    return JsonFile.read(metrics)
        .path(RunResult.TASK_FILES)
        .valueStream()
        .map(JsonNode::asText)
        // What stands in a file may have been written by anyone: nothing outside is touched.
        .filter(name -> name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*"))
        .filter(name -> Files.isRegularFile(results.resolve(name)))
        .toList();
  }
}
