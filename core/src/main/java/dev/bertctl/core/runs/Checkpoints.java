// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.training.TrainingState;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The checkpoints of an unfinished run: the last few, of which the newest sound one counts. */
final class Checkpoints {

  private final UnfinishedRun run;
  private final int kept;

  /**
   * @param run where they are
   * @param kept how many of them are kept
   */
  Checkpoints(UnfinishedRun run, int kept) {
    this.run = run;
    this.kept = kept;
  }

  /** Whether there is any. */
  static boolean exist(UnfinishedRun run) {
    return !run.checkpoints().isEmpty();
  }

  /** Steps done at the newest one; empty if there is none. */
  OptionalLong lastStep() {
    return run.checkpoints().stream().mapToLong(UnfinishedRun::step).findFirst();
  }

  /**
   * Adds one; until it is whole those before it count, and if it does not become so they stay.
   *
   * @see Checkpoint#write
   */
  void add(
      BertModel model,
      TrainingState state,
      boolean finished,
      Optional<RunProgress.Point> unevaluated,
      RunInputs inputs,
      Evaluations results,
      Optional<SavedModel> saved,
      ObjectNode log) {
    Path partial = run.partial(state.step());
    FileTree.clear(partial);
    try {
      Checkpoint.write(partial, model, state, finished, unevaluated, inputs, results, saved, log);
      FileTree.replace(partial, run.checkpoint(state.step()));
    } catch (RuntimeException e) {
      // Room on a disk that is full is needed for other things.
      remove(partial, e);
      throw e;
    }
    List<Path> all = run.checkpoints();
    keepOnly(all.subList(0, Math.min(kept, all.size())));
  }

  private static void remove(Path partial, RuntimeException failure) {
    try {
      FileTree.delete(partial);
    } catch (UserException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * The newest one that is as it was written, after which whatever is newer is forgotten.
   *
   * @param log checks the log that belongs to it
   * @param notice is told of one that is not as it was written
   * @throws UserException if none is, naming the file of the newest one
   */
  Optional<Checkpoint> newest(Checkpoint.LogCheck log, Consumer<String> notice) {
    UserException problem = null;
    List<Path> all = run.checkpoints();
    for (int i = 0; i < all.size(); i++) {
      try {
        Checkpoint checkpoint = Checkpoint.read(all.get(i), log);
        keepOnly(all.subList(i, all.size()));
        return Optional.of(checkpoint);
      } catch (UserException e) {
        problem = problem == null ? e : problem;
        if (i + 1 < all.size()) {
          notice.accept(e.getMessage() + "; going back to the checkpoint before it");
        }
      }
    }
    if (problem != null) {
      throw problem;
    }
    return Optional.empty();
  }

  /** With what they refer to. */
  private void keepOnly(List<Path> checkpoints) {
    Set<Path> all = new HashSet<>(checkpoints);
    checkpoints.forEach(
        checkpoint -> Checkpoint.savedIn(checkpoint).map(SavedModel::folder).ifPresent(all::add));
    run.keepOnly(all);
  }
}
