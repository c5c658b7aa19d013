// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.UserException;
import dev.bertctl.core.files.ExclusiveFolder;
import dev.bertctl.core.files.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a run leaves behind. While it is under way everything is in the folder {@code .unfinished};
 * the results of an earlier run are replaced only when this one is done.
 *
 * @param root the run's folder, such as {@code runs/nli}
 */
public record RunFolder(Path root) {

  static final String MODEL = "model";
  static final String METRICS = "metrics.json";
  static final String PREDICTIONS = "predictions.jsonl";
  static final String HISTORY = "history.jsonl";
  static final String RESOLVED = "resolved.yaml";
  private static final List<String> RESULTS =
      List.of(MODEL, METRICS, PREDICTIONS, HISTORY, RESOLVED);

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
    return ExclusiveFolder.work(
        root, "wait until it is done, or give this run a folder of its own with --output", work);
  }

  /** Begins anew, forgetting an unfinished run. */
  void clear() {
    FileTree.clear(unfinished());
  }

  /**
   * Moves the results of the finished run into place; those of an earlier one that this run does
   * not have are removed.
   *
   * @param more names of files that only this task has
   */
  void publish(List<String> more) {
    for (String name : Stream.concat(RESULTS.stream(), more.stream()).toList()) {
      Path from = unfinished().resolve(name);
      if (Files.exists(from)) {
        FileTree.replace(from, root.resolve(name));
      } else {
        FileTree.delete(root.resolve(name));
      }
    }
    FileTree.delete(unfinished());
  }
}
