// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
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

  /** Begins anew, forgetting an unfinished run. */
  void clear() {
    delete(unfinished());
    create(unfinished());
  }

  /**
   * Moves the results of the finished run into place.
   *
   * @param more names of files that only this task has
   */
  void publish(List<String> more) {
    for (String name : Stream.concat(RESULTS.stream(), more.stream()).toList()) {
      Path from = unfinished().resolve(name);
      if (Files.exists(from)) {
        replace(from, root.resolve(name));
      }
    }
    delete(unfinished());
  }

  /**
   * Puts a file or folder in the place of another; the old one is whole until the new one is there.
   */
  static void replace(Path from, Path to) {
    Path old = to.resolveSibling("." + to.getFileName() + ".old");
    try {
      delete(old);
      if (Files.exists(to)) {
        Files.move(to, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UserException(to + ": cannot be written: " + e, e);
    }
    delete(old);
  }

  static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException(folder + ": cannot be made: " + e, e);
    }
  }

  static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UserException(path + ": cannot be removed: " + e, e);
    }
  }
}
