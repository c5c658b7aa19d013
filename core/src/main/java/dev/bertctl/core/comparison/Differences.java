// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.core.statistics.PairedBootstrap.Pair;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The examples on which one of two systems is better than the other.
 *
 * @param judge the metric's value that tells which is better on an example
 * @param rightOrWrong whether the value says of each example that a system is right or wrong
 * @param first examples on which the first system is better
 * @param second examples on which the second is
 * @param bothRight how many both have right, or where there is more than right and wrong: on how
 *     many they are equally good
 * @param bothWrong how many both have wrong
 */
public record Differences(
    String judge,
    boolean rightOrWrong,
    List<Difference> first,
    List<Difference> second,
    long bothRight,
    long bothWrong) {

  /** Copies the lists. */
  public Differences {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  /**
   * An example on which they differ.
   *
   * @param location where it is
   * @param columns its columns
   * @param first what the first system predicted, as it is written to predictions
   * @param second what the second predicted
   */
  public record Difference(
      Location location,
      Map<String, Object> columns,
      Map<String, Object> first,
      Map<String, Object> second) {

    /** Copies the maps, keeping their order. */
    public Difference {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
      first = Collections.unmodifiableMap(new LinkedHashMap<>(first));
      second = Collections.unmodifiableMap(new LinkedHashMap<>(second));
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("place", location.toString());
      fields.put("example", columns);
      fields.put("a", first);
      fields.put("b", second);
      return fields;
    }
  }

  static <X extends Example, P extends Prediction> Differences of(
      Metric<X, P> metric, PairedScores<X, P> scores, List<X> examples, List<P> a, List<P> b) {
    Optional<String> right = scores.judge();
    String judge = right.orElse(metric.primary());
    boolean higherIsBetter = right.isPresent() || metric.higherIsBetter();
    List<Difference> first = new ArrayList<>();
    List<Difference> second = new ArrayList<>();
    long bothWrong = 0;
    for (int i = 0; i < examples.size(); i++) {
      Pair alone = scores.alone(judge, i);
      double better = higherIsBetter ? alone.difference() : -alone.difference();
      X example = examples.get(i);
      if (better > 0 || better < 0) {
        (better > 0 ? second : first)
            .add(
                new Difference(
                    example.location(), example.columns(), a.get(i).fields(), b.get(i).fields()));
      } else if (right.isPresent() && alone.first() == 0) {
        bothWrong++;
      }
    }
    long equal = (long) examples.size() - first.size() - second.size();
    return new Differences(judge, right.isPresent(), first, second, equal - bothWrong, bothWrong);
  }

  /** As plain values. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("by", judge);
    if (rightOrWrong) {
      fields.put("both_right", bothRight);
      fields.put("both_wrong", bothWrong);
    } else {
      fields.put("equal", bothRight);
    }
    fields.put(rightOrWrong ? "only_a_right" : "a_better", list(first));
    fields.put(rightOrWrong ? "only_b_right" : "b_better", list(second));
    return fields;
  }

  private static List<Map<String, Object>> list(List<Difference> differences) {
    return differences.stream().map(Difference::fields).toList();
  }
}
