// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.saved.SavedPlugin;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.ExportEncoder;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A fine-tuned model as bertctl saved it: a folder that Hugging Face transformers loads, with
 * bertctl.json beside its files.
 */
public final class FineTunedModel {

  /** Begins the keys of columns that have names of their own. */
  private static final String COLUMNS = "data.columns.";

  private final SavedTask saved;

  private FineTunedModel(SavedTask saved) {
    this.saved = saved;
  }

  /** Where it is. */
  public Path folder() {
    return saved.folder();
  }

  /** Name of its task. */
  public String task() {
    return saved.task();
  }

  /** The labels in the order of the logits. */
  public List<String> labels() {
    return saved.labels();
  }

  /** What it is calibrated with; {@link Temperature#NONE} if it is not. */
  public Temperature temperature() {
    return saved.temperature();
  }

  /**
   * Writes a model; the folder must exist and be empty.
   *
   * @param tokenizer the model's, as it was when the pretrained one was opened
   */
  static void write(
      Path folder,
      TaskConfig<?> config,
      Head head,
      BertConfig architecture,
      BertModel model,
      PretrainedModel pretrained,
      TokenizerFiles tokenizer) {
    HuggingFaceFolder.write(
        folder, SavedHead.of(head), architecture, ModelWeights.of(model), tokenizer);
    writeTask(folder, config, head, pretrained);
  }

  /**
   * Writes what stands beside a model's weights; the folder must exist.
   *
   * @param tokenizer the model's, as it was when the pretrained one was opened
   */
  static void describe(
      Path folder,
      TaskConfig<?> config,
      Head head,
      BertConfig architecture,
      PretrainedModel pretrained,
      TokenizerFiles tokenizer) {
    HuggingFaceFolder.describe(folder, SavedHead.of(head), architecture, tokenizer);
    writeTask(folder, config, head, pretrained);
  }

  private static void writeTask(
      Path folder, TaskConfig<?> config, Head head, PretrainedModel pretrained) {
    SavedTask.write(
        folder,
        config.plugin().name(),
        plugin(config.plugin()),
        pretrained.reference(),
        head,
        config.values());
  }

  /** What is kept of a plugin. */
  static Map<String, Object> plugin(TaskPlugin<?> plugin) {
    return SavedPlugin.fields(plugin, PluginFolder.originOf(plugin));
  }

  /**
   * Opens a model.
   *
   * @param path the model's folder, or that of the run which saved it
   * @throws UserException if there is none
   */
  public static FineTunedModel open(Path path) {
    RunFolder.restore(path);
    return new FineTunedModel(SavedTask.open(path));
  }

  /**
   * The model in a folder, if there is one.
   *
   * @param path the model's folder, or that of the run which saved it
   */
  public static Optional<FineTunedModel> find(Path path) {
    RunFolder.restore(path);
    return SavedTask.find(path).map(FineTunedModel::new);
  }

  /**
   * The plugin of the model's task.
   *
   * @param notice is told if the plugin is not the one that the model was made with
   * @throws UserException saying what to install, if it is not there
   */
  public TaskPlugin<?> pluginIn(TaskRegistry registry, Consumer<String> notice) {
    return saved.pluginIn(registry, notice);
  }

  /**
   * The configuration that the model was trained with, without its data: what evaluation and
   * prediction begin from.
   *
   * @param plugin the task's plugin
   * @param assignments what the command line says
   */
  public <O> TaskConfig<O> config(TaskPlugin<O> plugin, List<Assignment> assignments) {
    Map<String, String> kept = new LinkedHashMap<>(saved.values());
    kept.keySet().removeIf(key -> key.startsWith("data.") && !key.startsWith(COLUMNS));
    return AppConfig.of(kept, folder().resolve(SavedTask.FILE).toString(), plugin, assignments);
  }

  /**
   * The configuration that the model was trained with, its data included.
   *
   * @param plugin the task's plugin
   * @param assignments what the command line says
   */
  public <O> TaskConfig<O> configWithData(TaskPlugin<O> plugin, List<Assignment> assignments) {
    return AppConfig.of(
        saved.values(), folder().resolve(SavedTask.FILE).toString(), plugin, assignments);
  }

  /**
   * What the run that saved it predicted for its validation data.
   *
   * @throws UserException if there are no predictions beside the model
   */
  public Path predictions() {
    Path file = folder().resolveSibling(RunFolder.PREDICTIONS);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s: no such file: a run without validation data leaves no predictions; evaluate it on some, and compare the predictions that this writes"
              .formatted(file));
    }
    return file;
  }

  /** The task's columns that had names of their own in the data that the model was trained on. */
  Set<String> mappedColumns() {
    return saved.values().keySet().stream()
        .filter(key -> key.startsWith(COLUMNS))
        .map(key -> key.substring(COLUMNS.length()))
        .collect(Collectors.toSet());
  }

  /** Its files. */
  public PretrainedModel files(ModelStore store) {
    return store.open(folder().toAbsolutePath().toString(), Path.of(""));
  }

  /** Whether a folder was saved by bertctl. */
  static boolean isIn(Path folder) {
    return SavedTask.isIn(folder);
  }

  /**
   * Makes sure that the labels of a task that the model is trained on next are the model's, unless
   * one of the two has none: then there are no logits whose meaning could change, as where a
   * language model is the beginning of a classifier.
   *
   * @param reference the model as the user named it
   * @throws UserException naming both orders
   */
  void requireSameLabels(Head head, String reference) {
    if (!labels().isEmpty() && !head.labels().isEmpty() && !labels().equals(head.labels())) {
      throw new UserException(
          saved.differ(head) + " Use the model's labels, or only its encoder",
          new ExportEncoder(reference));
    }
  }

  /**
   * Makes sure that a task's labels are the model's, in the same order: the order gives the logits
   * their meaning.
   *
   * @throws UserException naming both orders
   */
  public void requireLabels(Head head) {
    saved.requireLabels(head);
  }
}
