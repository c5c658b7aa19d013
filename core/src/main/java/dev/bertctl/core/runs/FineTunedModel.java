// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.host.registry.RegisteredTask;
import dev.bertctl.host.registry.TaskRegistry;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A fine-tuned model as bertctl saved it: a folder that Hugging Face transformers loads, with
 * bertctl.json beside its files.
 *
 * @param folder where it is
 * @param task name of its task
 * @param plugin the plugin that it was trained with
 * @param labels the labels in the order of the logits
 * @param values the configuration that it was trained with, by key
 */
public record FineTunedModel(
    Path folder, String task, SavedPlugin plugin, List<String> labels, Map<String, String> values) {

  private static final String FILE = "bertctl.json";

  /** Begins the keys of columns that have names of their own. */
  private static final String COLUMNS = "data.columns.";

  /** Writes a model; the folder must exist and be empty. */
  static void write(
      Path folder,
      TaskConfig<?> config,
      Head head,
      BertConfig architecture,
      BertModel model,
      PretrainedModel pretrained) {
    HuggingFaceFolder.write(
        folder,
        head.architecture(),
        architecture,
        head.labels(),
        ModelWeights.of(model),
        pretrained.directory());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", config.plugin().name());
    fields.put("plugin", SavedPlugin.fields(config.plugin()));
    fields.put("base_model", pretrained.reference());
    fields.put("labels", head.labels());
    fields.put("configuration", config.values());
    JsonFile.write(folder.resolve(FILE), fields);
  }

  /**
   * Opens a model.
   *
   * @param path the model's folder, or that of the run which saved it
   * @throws UserException if there is none
   */
  public static FineTunedModel open(Path path) {
    Path folder = Files.isRegularFile(path.resolve(FILE)) ? path : path.resolve(RunFolder.MODEL);
    if (!Files.isRegularFile(folder.resolve(FILE))) {
      throw new UserException(
          "%s: no model saved by bertctl (no %s here or in %s/); give the folder of a finished run, such as runs/nli"
              .formatted(path, FILE, RunFolder.MODEL));
    }
    ObjectNode fields = JsonFile.read(folder.resolve(FILE));
    List<String> labels = new ArrayList<>();
    fields.path("labels").forEach(label -> labels.add(label.asText()));
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : fields.path("configuration").properties()) {
      values.put(value.getKey(), value.getValue().asText());
    }
    return new FineTunedModel(
        folder,
        fields.path("task").asText(),
        SavedPlugin.read(fields.path("plugin")),
        labels,
        values);
  }

  /**
   * The plugin of the model's task.
   *
   * @param notice hears a line if the plugin is not the one that the model was made with
   * @throws UserException saying what to install, if it is not there
   */
  public TaskPlugin<?> pluginIn(TaskRegistry registry, Consumer<String> notice) {
    RegisteredTask found = plugin.find(task, folder, registry);
    plugin.difference(found).ifPresent(notice);
    return found.plugin();
  }

  /**
   * The configuration that the model was trained with, without its data: what evaluation and
   * prediction begin from.
   *
   * @param plugin the task's plugin
   * @param assignments what the command line says
   */
  public <O> TaskConfig<O> config(TaskPlugin<O> plugin, List<Assignment> assignments) {
    Map<String, String> kept = new LinkedHashMap<>(values);
    kept.keySet().removeIf(key -> key.startsWith("data.") && !key.startsWith(COLUMNS));
    return AppConfig.of(kept, folder.resolve(FILE).toString(), plugin, assignments);
  }

  /** The task's columns that had names of their own in the data that the model was trained on. */
  Set<String> mappedColumns() {
    return values.keySet().stream()
        .filter(key -> key.startsWith(COLUMNS))
        .map(key -> key.substring(COLUMNS.length()))
        .collect(Collectors.toSet());
  }

  /** Whether a folder was saved by bertctl. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Makes sure that a task's labels are the model's, in the same order: the order gives the logits
   * their meaning.
   *
   * @param otherwise what to do where the model's labels are not wanted
   * @throws UserException naming both orders
   */
  public void requireLabels(Head head, String otherwise) {
    if (!labels.equals(head.labels())) {
      throw new UserException(
          "the labels differ: the model in %s has, in order, %s; the task is configured with %s. Use the model's labels, or %s"
              .formatted(
                  folder, String.join(", ", labels), String.join(", ", head.labels()), otherwise));
    }
  }
}
