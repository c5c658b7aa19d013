// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to know of a task's data.
 *
 * @param task the task's name
 * @param splits the configured ones: train, validation, test
 */
public record DataReport(String task, List<SplitReport> splits) {

  private static final String TRAIN = "train";

  /** What should be looked at before a training. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Optional<SplitReport> training =
        splits.stream().filter(split -> split.name().equals(TRAIN)).findFirst();
    training.ifPresent(
        train -> {
          warnings.addAll(train.labels().notices());
          splits.forEach(split -> unlearned(train, split, warnings));
        });
    return warnings;
  }

  /** Labels of a split that the training data lack. */
  private static void unlearned(SplitReport train, SplitReport split, List<String> warnings) {
    split
        .labels()
        .counts()
        .forEach(
            (label, count) -> {
              if (count > 0 && train.labels().counts().getOrDefault(label, 0L) == 0) {
                warnings.add(
                    "'%s' is the label of %,d in %s, and of none in the training data"
                        .formatted(label, count, split.name()));
              }
            });
  }

  /** As plain values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task);
    Map<String, Object> byName = new LinkedHashMap<>();
    splits.forEach(split -> byName.put(split.name(), split.fields()));
    fields.put("splits", byName);
    fields.put("warnings", warnings());
    return fields;
  }
}
