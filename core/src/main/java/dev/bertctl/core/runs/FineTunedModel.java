// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.host.registry.RegisteredTask;
import dev.bertctl.host.registry.TaskRegistry;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.weights.ExportEncoder;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fine-tuned model as bertctl saved it: a folder that Hugging Face transformers loads, with
 * bertctl.json beside its files.
 */
public final class FineTunedModel {

  private static final String FILE = "bertctl.json";

  private static final String TEMPERATURE = "temperature";

  /** Begins the keys of columns that have names of their own. */
  private static final String COLUMNS = "data.columns.";

  private final Path folder;
  private final String task;
  private final SavedPlugin plugin;
  private final List<String> labels;
  private final Map<String, String> values;
  private final Temperature temperature;

  /**
   * @param folder where it is
   * @param task name of its task
   * @param plugin the plugin that it was trained with
   * @param labels the labels in the order of the logits
   * @param values the configuration that it was trained with, by key
   * @param temperature what it is calibrated with
   */
  private FineTunedModel(
      Path folder,
      String task,
      SavedPlugin plugin,
      List<String> labels,
      Map<String, String> values,
      Temperature temperature) {
    this.folder = folder;
    this.task = task;
    this.plugin = plugin;
    this.labels = labels;
    this.values = values;
    this.temperature = temperature;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Name of its task. */
  public String task() {
    return task;
  }

  /** The labels in the order of the logits. */
  public List<String> labels() {
    return labels;
  }

  /** What it is calibrated with; {@link Temperature#NONE} if it is not. */
  public Temperature temperature() {
    return temperature;
  }

  /**
   * Saves what a model is calibrated with. Its weights stay as they are, and its logits in
   * transformers, which know nothing of it.
   *
   * @param folder the model's own
   */
  static void calibrate(Path folder, Temperature temperature) {
    ObjectNode fields = JsonFile.read(folder.resolve(FILE));
    fields.put(TEMPERATURE, temperature.value());
    JsonFile.write(folder.resolve(FILE), fields);
  }

  /** Writes a model; the folder must exist and be empty. */
  static void write(
      Path folder,
      TaskConfig<?> config,
      Head head,
      BertConfig architecture,
      BertModel model,
      PretrainedModel pretrained) {
    HuggingFaceFolder.write(
        folder, SavedHead.of(head), architecture, ModelWeights.of(model), pretrained.directory());
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
    return find(path)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: no model saved by bertctl (no %s here or in %s/); give the folder of a finished run, such as runs/nli"
                        .formatted(path, FILE, RunFolder.MODEL)));
  }

  /**
   * The model in a folder, if there is one.
   *
   * @param path the model's folder, or that of the run which saved it
   */
  public static Optional<FineTunedModel> find(Path path) {
    RunFolder.restore(path);
    return Stream.of(path, path.resolve(RunFolder.MODEL))
        .filter(FineTunedModel::isIn)
        .findFirst()
        .map(FineTunedModel::read);
  }

  private static FineTunedModel read(Path folder) {
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
        values,
        temperature(fields.path(TEMPERATURE), folder));
  }

  private static Temperature temperature(JsonNode value, Path folder) {
    if (value.isMissingNode()) {
      return Temperature.NONE;
    }
    if (!value.isNumber() || !(value.doubleValue() > 0)) {
      throw new UserException(
          "%s: '%s' is %s; it needs a number above 0, or leave it out"
              .formatted(folder.resolve(FILE), TEMPERATURE, value));
    }
    return new Temperature(value.doubleValue());
  }

  /**
   * The plugin of the model's task.
   *
   * @param notice is told if the plugin is not the one that the model was made with
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

  /**
   * The configuration that the model was trained with, its data included.
   *
   * @param plugin the task's plugin
   * @param assignments what the command line says
   */
  public <O> TaskConfig<O> configWithData(TaskPlugin<O> plugin, List<Assignment> assignments) {
    return AppConfig.of(values, folder.resolve(FILE).toString(), plugin, assignments);
  }

  /**
   * What the run that saved it predicted for its validation data.
   *
   * @throws UserException if there are no predictions beside the model
   */
  public Path predictions() {
    Path file = folder.resolveSibling(RunFolder.PREDICTIONS);
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          "%s: no such file: a run without validation data leaves no predictions; evaluate it on some, and compare the predictions that this writes"
              .formatted(file));
    }
    return file;
  }

  /** The task's columns that had names of their own in the data that the model was trained on. */
  Set<String> mappedColumns() {
    return values.keySet().stream()
        .filter(key -> key.startsWith(COLUMNS))
        .map(key -> key.substring(COLUMNS.length()))
        .collect(Collectors.toSet());
  }

  /** Its files. */
  public PretrainedModel files(ModelStore store) {
    return store.open(folder.toAbsolutePath().toString(), Path.of(""));
  }

  /** Whether a folder was saved by bertctl. */
  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
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
    if (!labels.isEmpty() && !head.labels().isEmpty() && !labels.equals(head.labels())) {
      throw new UserException(
          differ(head) + " Use the model's labels, or only its encoder",
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
    if (!labels.equals(head.labels())) {
      throw new UserException(
          differ(head) + " Use the model's labels, or fine-tune a model with yours");
    }
  }

  private String differ(Head head) {
    return "the labels differ: the model in %s has, in order, %s; the task is configured with %s."
        .formatted(folder, String.join(", ", labels), String.join(", ", head.labels()));
  }
}
