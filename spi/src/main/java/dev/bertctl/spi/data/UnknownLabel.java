// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A label of the data that is none of the task's, and what the user may do about it.
 *
 * @param label the label
 * @param names the task's labels, in order
 * @param inData the data's labels in their order of appearance; empty if they cannot be told
 */
record UnknownLabel(String label, List<String> names, List<String> inData) {

  /** What says no, in the spellings that data have for yes and no. */
  private static final Set<String> NEGATIVE =
      Set.of("false", "no", "f", "n", "0", "0.0", "negative", "neg", "different");

  private static final Set<String> POSITIVE =
      Set.of("true", "yes", "t", "y", "1", "1.0", "positive", "pos", "same");

  /** What is wrong, with settings that can be used as they stand. */
  String problem() {
    return "unknown label '%s'; the task's labels, in order: %s%s. %s"
        .formatted(
            label,
            String.join(", ", names),
            inData.isEmpty()
                ? ""
                : "; the data's, in order of appearance: " + String.join(", ", inData),
            advice());
  }

  private String advice() {
    Optional<List<String>> ordered = negativeFirst();
    if (ordered.isPresent()) {
      return "Set labels=%s (of two labels the second is the positive one), or correct the row"
          .formatted(list(ordered.get()));
    }
    return names.stream()
        .filter(label::equalsIgnoreCase)
        .findFirst()
        .map(
            name ->
                "If it is '%1$s', set label-synonyms.%1$s=%2$s; else correct the row"
                    .formatted(name, list(List.of(label))))
        .orElseGet(
            () ->
                "Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=%s; or set 'labels' to the data's labels, in an order of the same meaning%s"
                    .formatted(
                        list(List.of(label)),
                        names.size() == 2 ? " (of two the second is the positive one)" : ""));
  }

  /** Two labels that say no and yes, whichever comes first in the data. */
  private Optional<List<String>> negativeFirst() {
    List<String> two = new ArrayList<>(inData);
    if (names.size() != 2 || two.size() != 2 || two.stream().anyMatch(names::contains)) {
      return Optional.empty();
    }
    if (says(POSITIVE, two.get(0))) {
      two.add(two.remove(0));
    }
    return says(NEGATIVE, two.get(0)) && says(POSITIVE, two.get(1))
        ? Optional.of(List.copyOf(two))
        : Optional.empty();
  }

  private static boolean says(Set<String> words, String label) {
    return words.contains(label.toLowerCase(Locale.ROOT));
  }

  /** As a list is written on the command line. */
  private static String list(List<String> labels) {
    return labels.stream()
        .map(text -> text.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }
}
