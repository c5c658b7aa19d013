// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of a run that is not finished: {@code history.jsonl}, {@code state.json}, for the last
 * complete epoch {@code checkpoint-N.safetensors}, and for the best one {@code epoch-N}, which
 * becomes the results. What an epoch leaves has its number in its name, and {@code state.json} says
 * which number counts: so an epoch counts all at once or not at all.
 */
final class UnfinishedRun {

  private static final String EPOCH = "epoch-";
  private static final String CHECKPOINT = "checkpoint-";

  private final Path folder;

  /**
   * @param folder where it is
   */
  UnfinishedRun(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  Path history() {
    return folder.resolve(RunFolder.HISTORY);
  }

  Path state() {
    return folder.resolve("state.json");
  }

  /** Weights and optimizer moments after an epoch. */
  Path checkpoint(int epoch) {
    return folder.resolve(CHECKPOINT + epoch + ".safetensors");
  }

  /** Model and predictions of an epoch. */
  Path epoch(int epoch) {
    return folder.resolve(EPOCH + epoch);
  }

  /** Makes sure that a text, from a file, is the name of an epoch's folder. */
  static String requireEpoch(String name, Path file) {
    if (!name.matches(EPOCH + "[0-9]+")) {
      throw FileException.damaged(file, "'%s' is no epoch".formatted(name));
    }
    return name;
  }

  /** Removes what epochs have left that do not count, or no longer. */
  void keepOnly(int best, int last) {
    Set<Path> kept = Set.of(epoch(best), checkpoint(last));
    for (Path file : numbered()) {
      if (!kept.contains(file)) {
        FileTree.delete(file);
      }
    }
  }

  private Set<Path> numbered() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(epoch|checkpoint)-.*"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }
}
