// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A fine-tuned model as bertctl saved it: a folder that Hugging Face transformers loads, with
 * bertctl.json beside its files, which says what the model is for.
 *
 * @param folder where it is
 * @param task name of its task
 * @param plugin the plugin that it was trained with
 * @param labels the labels in the order of the logits
 * @param values the configuration that it was trained with, by key; lists separated by commas
 * @param temperature what it is calibrated with; {@link Temperature#NONE} if it is not
 */
public record SavedTask(
    Path folder,
    String task,
    SavedPlugin plugin,
    List<String> labels,
    Map<String, String> values,
    Temperature temperature) {

  /** The file that says it. */
  public static final String FILE = "bertctl.json";

  /** The folder of the model in that of its run. */
  public static final String MODEL = "model";

  private static final String TEMPERATURE = "temperature";

  /** Copies the collections, keeping their order. */
  public SavedTask {
    labels = List.copyOf(labels);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * What a model is for, as its file is written.
   *
   * @param task name of its task
   * @param plugin of {@link SavedPlugin#fields}
   * @param baseModel what was fine-tuned, as the user named it
   * @param values the configuration, by key
   */
  public static void write(
      Path folder,
      String task,
      Map<String, Object> plugin,
      String baseModel,
      Head head,
      Map<String, String> values) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task);
    fields.put("plugin", plugin);
    fields.put("base_model", baseModel);
    fields.put("labels", head.labels());
    fields.put("configuration", values);
    JsonFile.write(folder.resolve(FILE), fields);
  }

  /**
   * Saves what a model is calibrated with. Its weights stay as they are, and its logits in
   * transformers, which know nothing of it.
   *
   * @param folder the model's own
   */
  public static void calibrate(Path folder, Temperature temperature) {
    ObjectNode fields = JsonFile.read(folder.resolve(FILE));
    fields.put(TEMPERATURE, temperature.value());
    JsonFile.write(folder.resolve(FILE), fields);
  }

  /**
   * Reads what a model is for.
   *
   * @param path the model's folder, or that of the run which saved it
   * @throws UserException if there is none
   */
  public static SavedTask open(Path path) {
    return find(path)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: no model saved by bertctl (no %s here or in %s/); give the folder of a finished run, such as runs/nli"
                        .formatted(path, FILE, MODEL)));
  }

  /**
   * The model in a folder, if there is one.
   *
   * @param path the model's folder, or that of the run which saved it
   */
  public static Optional<SavedTask> find(Path path) {
    return Stream.of(path, path.resolve(MODEL))
        .filter(SavedTask::isIn)
        .findFirst()
        .map(SavedTask::read);
  }

  /** Whether a folder was saved by bertctl. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  private static SavedTask read(Path folder) {
    ObjectNode fields = JsonFile.read(folder.resolve(FILE));
    List<String> labels = new ArrayList<>();
    fields.path("labels").forEach(label -> labels.add(label.asText()));
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : fields.path("configuration").properties()) {
      values.put(value.getKey(), value.getValue().asText());
    }
    return new SavedTask(
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

  /** That labels differ, and how. */
  public String differ(Head head) {
    return "the labels differ: the model in %s has, in order, %s; the task is configured with %s."
        .formatted(folder, String.join(", ", labels), String.join(", ", head.labels()));
  }
}
