// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The models that are open in this process: each is opened once, for all tasks of an executor. One
 * that no task uses stays open for the next task, until another model is opened.
 */
final class OpenModels {

  /** Of a process, since native libraries are, too. */
  private static final OpenModels OF_PROCESS = new OpenModels();

  private final Map<Key, Entry> open = new HashMap<>();
  private int opened;

  private record Key(ModelFiles files, Settings settings) {}

  private static final class Entry {
    private final Predictor<Prediction> predictor;
    private final Optional<Path> copy;
    private final Set<TaskContext> tasks = new HashSet<>();
    private int users;

    /** With the copy of its files, which is removed when it is closed. */
    Entry(Predictor<Prediction> predictor, Optional<Path> copy) {
      this.predictor = predictor;
      this.copy = copy;
    }
  }

  /** The process' own. */
  static OpenModels ofProcess() {
    return OF_PROCESS;
  }

  /** A model in use; closing it gives it back. */
  final class Use implements AutoCloseable {
    private final Entry entry;
    private boolean ended;

    private Use(Entry entry) {
      this.entry = entry;
    }

    Predictor<Prediction> predictor() {
      return entry.predictor;
    }

    @Override
    public void close() {
      synchronized (OpenModels.this) {
        if (!ended) {
          ended = true;
          entry.users--;
        }
      }
    }
  }

  /**
   * Uses a model until a task ends, also if not all its rows are taken or it is killed, however
   * often the task asks for it: between two rows it may ask for other models.
   *
   * @throws dev.bertctl.runtime.UserException if it cannot be opened, or is not the driver's
   */
  synchronized Predictor<Prediction> during(TaskContext task, SentModel model, Settings settings) {
    Entry inUse = open.get(new Key(model.files(), settings));
    if (inUse != null && inUse.tasks.contains(task)) {
      return inUse.predictor;
    }
    Use use = use(model, settings);
    use.entry.tasks.add(task);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              synchronized (this) {
                use.entry.tasks.remove(task);
              }
              use.close();
            });
    return use.predictor();
  }

  /**
   * Uses a model. The first use opens it, and others wait for that.
   *
   * @throws dev.bertctl.runtime.UserException if it cannot be opened, or is not the driver's
   */
  synchronized Use use(SentModel model, Settings settings) {
    Key key = new Key(model.files(), settings);
    Entry entry = open.get(key);
    if (entry == null) {
      closeIdle();
      entry = opened(model, settings);
      open.put(key, entry);
      opened++;
    }
    entry.users++;
    return new Use(entry);
  }

  private static Entry opened(SentModel model, Settings settings) {
    Optional<Path> copy = model.isSent() ? Optional.of(model.unpacked()) : Optional.empty();
    Path folder = copy.orElseGet(() -> Path.of(model.folder()));
    try {
      model.files().requireIn(folder);
      return new Entry(settings.open(folder), copy);
    } catch (RuntimeException e) {
      copy.ifPresent(FileTree::delete);
      throw e;
    }
  }

  private void closeIdle() {
    for (Iterator<Entry> entries = open.values().iterator(); entries.hasNext(); ) {
      Entry entry = entries.next();
      if (entry.users == 0) {
        entries.remove();
        entry.predictor.close();
        entry.copy.ifPresent(FileTree::delete);
      }
    }
  }

  /** How many are open. */
  synchronized int size() {
    return open.size();
  }

  /** How often one was opened. */
  synchronized int opened() {
    return opened;
  }
}
