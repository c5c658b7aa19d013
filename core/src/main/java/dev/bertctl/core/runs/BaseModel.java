// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.NewModelSettings;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model that a job begins with: a pretrained one, or a new one, whose files are kept until the
 * job ends.
 */
final class BaseModel implements AutoCloseable {

  private final PretrainedModel model;
  private final Optional<Path> scratch;

  private BaseModel(PretrainedModel model, Optional<Path> scratch) {
    this.model = model;
    this.scratch = scratch;
  }

  /**
   * Opens a pretrained model, or makes a new one.
   *
   * @param task the task, whose training data a vocabulary is learned from
   * @param folder where a new model's files are kept
   * @throws dev.bertctl.runtime.UserException if it cannot be had or made
   */
  static BaseModel open(TaskConfig<?> config, Task<?, ?> task, ModelStore store, Path folder) {
    NewModelSettings settings = config.settings().newModel();
    if (!isNew(config)) {
      return new BaseModel(
          store.open(config.settings().model().orElseThrow(), Path.of("")), Optional.empty());
    }
    if (config.settings().model().isPresent()) {
      throw config.wrong(
          "model", "a pretrained model is named, and keys of model.new too; remove one of both");
    }
    Path scratch = scratch(folder);
    try {
      new NewModel(config, settings, task).write(scratch);
      return new BaseModel(ModelLoader.load("new", scratch), Optional.of(scratch));
    } catch (RuntimeException e) {
      FileTree.delete(scratch);
      throw e;
    }
  }

  /** Whether the configuration is of a new model, which nothing is fetched for. */
  static boolean isNew(TaskConfig<?> config) {
    return config.values().keySet().stream().anyMatch(key -> key.startsWith("model.new."));
  }

  private static Path scratch(Path folder) {
    FileTree.create(folder);
    try {
      return Files.createTempDirectory(folder, ".new-model-");
    } catch (IOException e) {
      throw FileException.writing(folder, e);
    }
  }

  /** Its files. */
  PretrainedModel files() {
    return model;
  }

  @Override
  public void close() {
    scratch.ifPresent(FileTree::delete);
  }
}
