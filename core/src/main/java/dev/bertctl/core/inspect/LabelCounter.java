// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.ProblemType;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the head's labels among the targets of features: one a feature, one a token, or any number
 * of them a feature.
 */
public final class LabelCounter {

  private final Head head;
  private final long[] counts;
  private final boolean exclusive;
  private long among;

  /**
   * @param head the task's
   */
  public LabelCounter(Head head) {
    this.head = head;
    this.counts = new long[head.labels().size()];
    this.exclusive =
        !head.problemType().equals(Optional.of(ProblemType.MULTI_LABEL_CLASSIFICATION));
  }

  /** Counts those of a feature; what the loss leaves out is no label. */
  public void add(Feature feature) {
    for (TargetSpec spec : head.targets()) {
      if (isLabel(spec) && feature.target(spec.name()) instanceof Target.Ints ints) {
        for (int value : ints.values()) {
          if (value >= 0) {
            counts[value]++;
            among++;
          }
        }
      } else if (!exclusive && feature.target(spec.name()) instanceof Target.Floats applies) {
        for (int label = 0; label < counts.length; label++) {
          counts[label] += applies.values()[label] > 0 ? 1 : 0;
        }
        among++;
      }
    }
  }

  /** Whether its values are the head's labels; a head may have other targets beside. */
  private boolean isLabel(TargetSpec spec) {
    return spec.size() == counts.length
        && (spec.form() == TargetSpec.Form.LABEL || spec.form() == TargetSpec.Form.LABEL_PER_TOKEN);
  }

  /** What was counted; without labels if no label was seen at all. */
  public ClassBalance balance() {
    Map<String, Long> byLabel = new LinkedHashMap<>();
    List<String> labels = head.labels();
    for (int i = 0; i < counts.length; i++) {
      byLabel.put(labels.get(i), counts[i]);
    }
    boolean seen = Arrays.stream(counts).anyMatch(count -> count > 0);
    return seen ? new ClassBalance(byLabel, among, exclusive) : new ClassBalance(Map.of());
  }
}
