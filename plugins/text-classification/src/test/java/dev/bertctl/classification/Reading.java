// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads rows by a task, and notes what is left out. */
final class Reading {

  final List<String> skipped = new ArrayList<>();

  /** A row: names and values in turn. */
  static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return row;
  }

  /** The options that are found, and then the task made with them. */
  static Task<?, ?> task(DataFile training, String... options) {
    TextClassificationPlugin plugin = new TextClassificationPlugin();
    List<String> all = new ArrayList<>(List.of(options));
    plugin
        .findOptions(Options.of(TextClassificationOptions.class, options), training)
        .forEach(
            (name, value) -> {
              all.add(name);
              all.add(
                  value instanceof List<?> list
                      ? String.join(",", list.stream().map(Object::toString).toList())
                      : value.toString());
            });
    return plugin.create(Options.of(TextClassificationOptions.class, all.toArray(String[]::new)));
  }

  List<? extends Example> read(Task<?, ?> task, DataFile file, Purpose purpose) {
    return task.reader()
        .read(file, purpose, (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }

  /** Texts and label of rows that a task is trained on: {@code first | second = label}. */
  static List<String> shown(DataFile training, String... options) {
    Task<?, ?> task = task(training, options);
    return new Reading()
        .read(task, training, Purpose.EVALUATION).stream()
            .map(example -> shown((LabelledText) example, task.head().labels()))
            .toList();
  }

  private static String shown(LabelledText text, List<String> labels) {
    return text.first()
        + text.second().map(second -> " | " + second).orElse("")
        + " = "
        + labels.get(text.label().orElseThrow());
  }
}
