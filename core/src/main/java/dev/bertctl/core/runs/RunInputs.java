// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.content.Content;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** What a run's weights depend on. Data count by their contents, wherever the files lie. */
final class RunInputs {

  private static final String CONFIGURATION = "configuration";
  private static final String DATA = "data";

  /**
   * Settings that change no weight, or, like the device, none but by rounding. The output is where
   * the unfinished run was found.
   */
  private static final Set<String> FREE =
      Set.of("device", "output", "train.log-every", "train.evaluation-batch-size");

  private final Map<String, String> configuration;
  private final Map<String, String> data;

  /**
   * @param configuration the settings and options that matter, by key
   * @param data length and checksum of each split's file, by key
   */
  private RunInputs(Map<String, String> configuration, Map<String, String> data) {
    this.configuration = configuration;
    this.data = data;
  }

  /**
   * The inputs of a run as they are now.
   *
   * @throws FileException if a file cannot be read
   */
  static RunInputs of(TaskConfig<?> config) {
    Map<String, String> configuration = new LinkedHashMap<>(config.values());
    configuration.keySet().removeAll(FREE);
    Map<String, String> data = new LinkedHashMap<>();
    for (SplitName split : SplitName.values()) {
      String key = "data." + split;
      configuration.remove(key);
      split.file(config.settings().data()).ifPresent(file -> data.put(key, checksum(file)));
    }
    return new RunInputs(configuration, data);
  }

  private static String checksum(Path file) {
    CRC32C sum = new CRC32C();
    try (InputStream content =
        new CheckedInputStream(Content.of(file).open(file.toString()), sum)) {
      long length = content.transferTo(OutputStream.nullOutputStream());
      return "%d bytes, crc32c %08x".formatted(length, sum.getValue());
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** Adds them to what is kept of a run. */
  void addTo(Map<String, Object> fields) {
    fields.put(CONFIGURATION, configuration);
    fields.put(DATA, data);
  }

  /**
   * Makes sure that an unfinished run had the same.
   *
   * @param fields what was kept of it
   * @param folder where it is, for messages
   * @throws UserException naming each key that differs
   */
  void requireSame(JsonNode fields, Path folder) {
    Set<String> keys = different(fields.path(CONFIGURATION), configuration);
    if (!keys.isEmpty()) {
      throw new UserException(
          "%s: the unfinished run has another configuration; these keys differ: %s"
              .formatted(folder, String.join(", ", keys)),
          new StartOver());
    }
    Set<String> files = different(fields.path(DATA), data);
    if (!files.isEmpty()) {
      throw new UserException(
          "%s: the unfinished run was on other data; these files have changed: %s"
              .formatted(folder, String.join(", ", files)),
          new StartOver());
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
