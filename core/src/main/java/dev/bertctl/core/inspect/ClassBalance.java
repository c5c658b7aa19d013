// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often each label occurs in training data.
 *
 * @param counts each label of the task with the number of its examples (of its tokens, where tokens
 *     are labelled); empty for a task without labels
 * @param among how many examples (tokens) that is among
 * @param exclusive whether each has one label; otherwise it may have several, or none
 */
public record ClassBalance(Map<String, Long> counts, long among, boolean exclusive) {

  /** From this share on, a label outweighs the others: 95 : 5. */
  private static final double DOMINANT = 0.95;

  /** Copies the map, keeping its order. */
  public ClassBalance {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** Of labels that exclude each other; none for a task without labels. */
  public ClassBalance(Map<String, Long> counts) {
    this(counts, counts.values().stream().mapToLong(Long::longValue).sum(), true);
  }

  /** The share of each label, from 0 to 1; empty where none was seen. */
  public Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    if (among > 0) {
      counts.forEach((label, count) -> shares.put(label, (double) count / among));
    }
    return shares;
  }

  /** What a user should know before training on such labels; nothing where they are balanced. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    List<String> present = present();
    if (present.isEmpty()) {
      return notices;
    }
    List<String> absent =
        counts.keySet().stream().filter(label -> !present.contains(label)).toList();
    if (present.size() == 1 && exclusive) {
      notices.add(
          "the only label in the training data is '%s', of %s; there is nothing to tell apart"
              .formatted(present.get(0), quoted(counts.keySet())));
    } else if (!absent.isEmpty()) {
      notices.add(
          "never in the training data: %s; the model cannot learn what does not occur"
              .formatted(quoted(absent)));
    }
    shares()
        .forEach(
            (label, share) -> {
              if (share >= DOMINANT && present.size() > 1) {
                notices.add(
                    "'%s' is %s label of %.1f %% of the training data; who always says it is right as often"
                        .formatted(label, exclusive ? "the" : "a", 100 * share));
              }
            });
    return notices;
  }

  /**
   * The weight with which each label counts the same in all: n / (K · count), with K the number of
   * labels that occur, as scikit-learn's {@code class_weight="balanced"}, where labels exclude each
   * other. Of 30 and 10 examples the weights are 0.667 and 2. A label that never occurs has the
   * weight 1.
   */
  public Map<String, Double> balancedWeights() {
    double labels = present().size();
    Map<String, Double> weights = new LinkedHashMap<>();
    counts.forEach((label, count) -> weights.put(label, count == 0 ? 1 : among / (labels * count)));
    return weights;
  }

  private List<String> present() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String quoted(Iterable<String> labels) {
    List<String> all = new ArrayList<>();
    labels.forEach(all::add);
    return all.stream().map(label -> "'" + label + "'").collect(Collectors.joining(", "));
  }
}
