// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A task as Label Studio exports it (format JSON): {@code {"data": {"text": "In Rom."},
 * "annotations": [{"result": [{"type": "labels", "value": {"start": 3, "end": 6, "text": "Rom",
 * "labels": ["LOC"]}}]}]}}.
 *
 * @param location the row
 * @param data what was annotated
 * @param annotations what each annotator submitted
 */
record LabelStudioTask(Location location, Map<?, ?> data, List<?> annotations) {

  /** The task in a row; empty if it is none. */
  static Optional<LabelStudioTask> in(Row row) {
    Map<String, Object> columns = row.columns();
    return columns.get("data") instanceof Map<?, ?> data
        ? Optional.of(
            new LabelStudioTask(
                row.location(),
                data,
                columns.get("annotations") instanceof List<?> list ? list : List.of()))
        : Optional.empty();
  }

  /** The text: the value {@code text}, or the only one that is a text. */
  String text() {
    if (data.get("text") instanceof String text) {
      return text;
    }
    List<String> texts =
        data.values().stream().filter(String.class::isInstance).map(String.class::cast).toList();
    if (texts.size() != 1) {
      throw new DataException(
          location,
          "the 'data' of a task of Label Studio has %d texts and none of them is called 'text'; call the text to be tagged so"
              .formatted(texts.size()));
    }
    return texts.get(0);
  }

  /** Whether an annotator submitted it; one without is counted as left out. */
  boolean isAnnotated(Skipped skipped) {
    if (submitted().isEmpty()) {
      skipped.count(
          location,
          annotations.isEmpty() ? "not annotated in Label Studio" : "skipped in Label Studio");
      return false;
    }
    return true;
  }

  private List<Map<?, ?>> submitted() {
    return maps(annotations).filter(one -> !Boolean.TRUE.equals(one.get("was_cancelled"))).toList();
  }

  /** The entities, as {@link EntitySpans} reads them: of the ground truth where there is one. */
  List<?> entities() {
    List<Map<?, ?>> truths =
        submitted().stream().filter(one -> Boolean.TRUE.equals(one.get("ground_truth"))).toList();
    Set<Set<Object>> different = new LinkedHashSet<>();
    for (Map<?, ?> annotation : truths.isEmpty() ? submitted() : truths) {
      different.add(new LinkedHashSet<>(values(annotation)));
    }
    if (different.size() > 1) {
      throw new DataException(
          location,
          "%d annotations of this task differ; mark one as ground truth in Label Studio, or delete the others"
              .formatted(different.size()));
    }
    return List.copyOf(different.iterator().next());
  }

  private List<Object> values(Map<?, ?> annotation) {
    List<Map<?, ?>> results =
        maps(annotation.get("result")).filter(one -> one.get("value") instanceof Map).toList();
    List<Object> values =
        results.stream()
            .filter(one -> "labels".equals(one.get("type")))
            .<Object>map(one -> one.get("value"))
            .toList();
    if (values.isEmpty() && !results.isEmpty()) {
      throw new DataException(
          location,
          "the annotations are of type '%s', but entities are of type 'labels' in a plain text of Label Studio; export such a project"
              .formatted(results.get(0).get("type")));
    }
    return values;
  }

  private static Stream<Map<?, ?>> maps(Object list) {
    return list instanceof List<?> items
        ? items.stream().filter(Map.class::isInstance).map(item -> (Map<?, ?>) item)
        : Stream.empty();
  }
}
