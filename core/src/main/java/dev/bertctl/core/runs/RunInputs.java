// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.DataSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.content.Content;
import dev.bertctl.core.data.InputFiles;
import dev.bertctl.runtime.Remedy;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a run's weights depend on. Data count by their contents, wherever the files lie. */
public final class RunInputs {

  private static final String CONFIGURATION = "configuration";
  private static final String DATA = "data";
  private static final String MODEL = "model";

  /**
   * Settings that change no weight, or, like the device, none but by rounding. The output is where
   * the unfinished run was found.
   */
  private static final Set<String> FREE =
      Set.of(
          "device",
          "engine",
          "quantize",
          "output",
          "train.log-every",
          "train.evaluation-batch-size",
          "train.checkpoint-every",
          "train.keep-checkpoints");

  private final Map<String, String> configuration;
  private final Map<String, String> data;
  private final Map<String, String> model;

  /**
   * @param configuration the settings and options that matter, by key
   * @param data length and checksum of each file of each split, by key
   * @param model length and checksum of each file of the pretrained model, by name; none as long as
   *     it is not opened
   */
  private RunInputs(
      Map<String, String> configuration, Map<String, String> data, Map<String, String> model) {
    this.configuration = configuration;
    this.data = data;
    this.model = model;
  }

  /**
   * The inputs of a run as they are now.
   *
   * @throws UserException if a file cannot be read
   */
  public static RunInputs of(TaskConfig<?> config) {
    Map<String, String> configuration = new LinkedHashMap<>(config.values());
    configuration.keySet().removeAll(FREE);
    Map<String, String> data = new LinkedHashMap<>();
    for (SplitName split : SplitName.values()) {
      configuration.remove("data." + split);
      files(split, config.settings().data()).forEach((key, file) -> data.put(key, checksum(file)));
    }
    return new RunInputs(configuration, data, Map.of());
  }

  /** A split's files by their keys. */
  private static Map<String, Path> files(SplitName split, DataSettings data) {
    List<Path> files = InputFiles.of(split.files(data));
    Map<String, Path> byKey = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      String key = "data." + split;
      byKey.put(files.size() == 1 ? key : "%s[%d]".formatted(key, i), files.get(i));
    }
    return byKey;
  }

  /**
   * Makes sure that a split's files still are what they were: they are read anew for each
   * evaluation.
   *
   * @throws DataException if one is not, or cannot be read
   */
  void requireUnchanged(SplitName split, DataSettings settings) {
    files(split.source(settings), settings)
        .forEach(
            (key, file) -> {
              if (!checksum(file).equals(data.get(key))) {
                throw new DataException(
                    new Location(file.toString(), 0),
                    "has changed since the run began; restore what it had");
              }
            });
  }

  private static String checksum(Path file) {
    try (InputStream content = Content.of(file).open(file.toString())) {
      return FileSums.of(content);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** These and more settings. */
  public RunInputs with(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(configuration);
    all.putAll(settings);
    return new RunInputs(all, data, model);
  }

  /**
   * These and the files of the pretrained model that they name.
   *
   * @param folder where they are
   */
  RunInputs withModel(Path folder) {
    Map<String, String> sums = new LinkedHashMap<>();
    for (Path file : HuggingFaceFolder.files(folder)) {
      sums.put(file.getFileName().toString(), FileSums.of(file));
    }
    return new RunInputs(configuration, data, sums);
  }

  /** As a file of their own. */
  public ObjectNode fields() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    addTo(fields);
    return fields;
  }

  /** Adds them to what is kept of a run. */
  void addTo(ObjectNode fields) {
    configuration.forEach(fields.putObject(CONFIGURATION)::put);
    data.forEach(fields.putObject(DATA)::put);
    if (!model.isEmpty()) {
      model.forEach(fields.putObject(MODEL)::put);
    }
  }

  /**
   * Makes sure that an earlier run had the same.
   *
   * @param fields what was kept of it
   * @param folder where it is, for messages
   * @param what it is, such as {@code the unfinished run}
   * @param remedy what to do about it
   * @throws UserException naming each key that differs
   */
  public void requireSame(JsonNode fields, Path folder, String which, Remedy remedy) {
    Set<String> keys = different(fields.path(CONFIGURATION), configuration);
    if (!keys.isEmpty()) {
      throw new UserException(
          "%s: %s has another configuration; these keys differ: %s"
              .formatted(folder, which, String.join(", ", keys)),
          remedy);
    }
    Set<String> files = different(fields.path(DATA), data);
    if (!files.isEmpty()) {
      throw new UserException(
          "%s: %s was on other data; these files have changed: %s"
              .formatted(folder, which, String.join(", ", files)),
          remedy);
    }
    Set<String> parts = model.isEmpty() ? Set.of() : different(fields.path(MODEL), model);
    if (!parts.isEmpty()) {
      throw new UserException(
          "%s: %s began with another model; these files of it have changed: %s"
              .formatted(folder, which, String.join(", ", parts)),
          remedy);
    }
  }

  private static Set<String> different(JsonNode saved, Map<String, String> now) {
    Set<String> keys = new TreeSet<>(now.keySet());
    saved.fieldNames().forEachRemaining(keys::add);
    return keys.stream()
        .filter(key -> !saved.path(key).asText("").equals(now.getOrDefault(key, "")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
