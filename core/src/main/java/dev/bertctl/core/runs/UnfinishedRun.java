// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a run that is not finished: the log, {@code checkpoint-N} after step N, of which
 * the last ones are kept, and {@code best-N}, model and predictions after the step that was
 * evaluated best, which becomes the results. Whatever is in it by such a name is whole.
 */
final class UnfinishedRun {

  private static final String BEST = "best-";
  private static final String CHECKPOINT = "checkpoint-";
  private static final Pattern NUMBERED = Pattern.compile("(best-|\\.?checkpoint-)[0-9]+");

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

  /** What TensorBoard shows. */
  Path events() {
    return folder.resolve(RunFolder.EVENTS);
  }

  /** What the run has said. */
  Path log() {
    return folder.resolve(RunFolder.LOG);
  }

  /** The best model once it is calibrated; no step has this number. */
  Path calibrated() {
    return best(0);
  }

  /** Where a checkpoint is made, until it is whole. */
  Path partial(long step) {
    return folder.resolve("." + CHECKPOINT + step);
  }

  /** What a run goes on with. */
  Path checkpoint(long step) {
    return folder.resolve(CHECKPOINT + step);
  }

  /** The checkpoints there are, the newest first. */
  List<Path> checkpoints() {
    return numbered().stream()
        .filter(file -> file.getFileName().toString().startsWith(CHECKPOINT))
        .sorted(Comparator.comparingLong(UnfinishedRun::step).reversed())
        .toList();
  }

  /** Steps done at a checkpoint. */
  static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
  }

  /** Model and predictions after a step. */
  Path best(long step) {
    return folder.resolve(BEST + step);
  }

  /** Makes sure that a text, from a file, is the name of a step's model and predictions. */
  static String requireBest(String name, Path file) {
    if (!name.matches(BEST + "[0-9]+")) {
      throw FileException.damaged(file, "'%s' is no name of results".formatted(name));
    }
    return name;
  }

  /** Removes what steps have left that does not count, or no longer. */
  void keepOnly(Set<Path> kept) {
    for (Path file : numbered()) {
      if (!kept.contains(file)) {
        FileTree.delete(file);
      }
    }
  }

  private List<Path> numbered() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NUMBERED.matcher(file.getFileName().toString()).matches())
          .toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }
}
