// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.attention.HeadDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far heads differ over all inputs: the mean over all tokens of all inputs. */
final class MeanDifferences {

  private final Map<List<Integer>, Double> sums = new LinkedHashMap<>();
  private long tokens;

  void add(AttentionView view) {
    int length = view.tokens().size();
    tokens += length;
    view.differences()
        .forEach(
            each ->
                sums.merge(
                    List.of(each.layer(), each.head()), each.distance() * length, Double::sum));
  }

  /** The largest first. */
  List<HeadDifference> sorted() {
    List<HeadDifference> means = new ArrayList<>();
    sums.forEach(
        (place, sum) -> means.add(new HeadDifference(place.get(0), place.get(1), sum / tokens)));
    means.sort(Comparator.comparingDouble(HeadDifference::distance).reversed());
    return means;
  }
}
