// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the explained value loses when a word is masked. */
final class LeaveOneOut {

  private final ExplainedCase explained;

  LeaveOneOut(ExplainedCase explained) {
    this.explained = explained;
  }

  Attribution attribution() {
    List<Feature> features = new ArrayList<>();
    features.add(explained.feature());
    explained.words().forEach(word -> features.add(explained.masked(List.of(word))));
    List<Double> scores = explained.scores(features);
    return new Attribution(
        ExplanationMethod.LEAVE_ONE_OUT,
        scores.stream().skip(1).map(without -> scores.get(0) - without).toList(),
        List.of(),
        Optional.empty());
  }
}
