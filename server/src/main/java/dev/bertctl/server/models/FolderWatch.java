// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.server.ServerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Has models loaded again whose files have changed, if that is wanted. Files are looked at every
 * second, and have to be the same twice: one that is being written is left alone.
 */
@Singleton
final class FolderWatch {

  private static final Logger LOG = Logger.getLogger("dev.bertctl.server");
  private static final long EVERY_SECONDS = 1;

  private final ServerSettings settings;
  private final ServedModels models;
  private final Map<ModelSource, String> loaded = new HashMap<>();
  private final Map<ModelSource, String> seen = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bertctl-watch");
            thread.setDaemon(true);
            return thread;
          });

  FolderWatch(ServerSettings settings, ServedModels models) {
    this.settings = settings;
    this.models = models;
  }

  /** Before the models are loaded. */
  void start(@Observes StartupEvent event) {
    if (settings.reload()) {
      List<ModelSource> sources = ModelSource.parse(settings.models().orElse(List.of()));
      sources.forEach(source -> loaded.put(source, state(source)));
      timer.scheduleWithFixedDelay(
          () -> sources.forEach(this::look), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    timer.shutdownNow();
  }

  private void look(ModelSource source) {
    if (models.state() != ServedModels.State.SERVING) {
      return;
    }
    try {
      String now = state(source);
      boolean settled = now.equals(seen.put(source, now));
      if (settled && !now.isEmpty() && !now.equals(loaded.get(source))) {
        loaded.put(source, now);
        models.reload(source.name());
      }
    } catch (RuntimeException e) {
      LOG.errorf(
          "model '%s' cannot be loaded again, the one before is served on: %s",
          source.name(), e.getMessage());
    }
  }

  /** Names, sizes and times of a model's files; empty as long as there is no model. */
  private static String state(ModelSource source) {
    if (source.applied().isPresent()) {
      // A pretrained model may be anywhere, and does not change.
      return "";
    }
    return SavedTask.find(source.folder())
        .map(SavedTask::folder)
        .map(FolderWatch::files)
        .orElse("");
  }

  private static String files(Path folder) {
    StringBuilder state = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        state
            .append(file.getFileName())
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file))
            .append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return state.toString();
  }
}
