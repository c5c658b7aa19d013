// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How faithful methods are on some examples (DeYoung et al., ERASER, 2020): the words are ranked by
 * their scores, and the probability of what is explained is looked at as the first of them are
 * masked (comprehensiveness: how far it falls; the more the better) and as all others are
 * (sufficiency: how far it falls; the less the better). A random order is the floor.
 */
public final class Faithfulness {

  /** Shares of the words that are taken. */
  public static final List<Double> SHARES = List.of(0.1, 0.2, 0.5);

  private final Explainer explainer;
  private final Random random;
  private final Map<Optional<ExplanationMethod>, Sums> sums = new LinkedHashMap<>();

  /**
   * @param explainer what made the explanations
   * @param seed of the random order
   */
  public Faithfulness(Explainer explainer, long seed) {
    this.explainer = explainer;
    this.random = new Random(seed);
  }

  /**
   * Means over the explanations so far.
   *
   * @param method which method's order; empty for the random one
   * @param explanations how many
   * @param comprehensiveness for each of {@link #SHARES}: the mean fall of the probability, or of
   *     the number of a regression
   * @param sufficiency likewise
   */
  public record Means(
      Optional<ExplanationMethod> method,
      int explanations,
      List<Double> comprehensiveness,
      List<Double> sufficiency) {}

  /** Takes an explanation; one without words tells nothing. */
  public void add(Explanation explanation) {
    if (explanation.words().isEmpty()) {
      return;
    }
    ExplainedCase explained = explainer.of(explanation.explained(), explanation.feature());
    double whole = explained.probabilities(List.of(explanation.feature())).get(0);
    for (Attribution attribution : explanation.attributions()) {
      add(Optional.of(attribution.method()), explained, whole, order(attribution.words()));
    }
    List<Integer> drawn =
        new ArrayList<>(IntStream.range(0, explanation.words().size()).boxed().toList());
    Collections.shuffle(drawn, random);
    add(Optional.empty(), explained, whole, drawn);
  }

  /** Words that speak for it most come first. */
  private static List<Integer> order(List<Double> scores) {
    return IntStream.range(0, scores.size())
        .boxed()
        .sorted(Comparator.comparing(scores::get).reversed())
        .toList();
  }

  private void add(
      Optional<ExplanationMethod> method,
      ExplainedCase explained,
      double whole,
      List<Integer> order) {
    List<Feature> features = new ArrayList<>();
    for (double share : SHARES) {
      int count = (int) Math.ceil(share * order.size());
      features.add(explained.masked(words(explained, order.subList(0, count))));
      features.add(explained.masked(words(explained, order.subList(count, order.size()))));
    }
    List<Double> left = explained.probabilities(features);
    Sums own = sums.computeIfAbsent(method, key -> new Sums());
    for (int i = 0; i < SHARES.size(); i++) {
      own.comprehensiveness[i] += whole - left.get(2 * i);
      own.sufficiency[i] += whole - left.get(2 * i + 1);
    }
    own.count++;
  }

  private static List<Word> words(ExplainedCase explained, List<Integer> indices) {
    return indices.stream().map(explained.words()::get).toList();
  }

  /** The methods' means in the order of the methods, that of the random order last. */
  public List<Means> means() {
    return sums.entrySet().stream()
        .map(entry -> entry.getValue().means(entry.getKey()))
        .sorted(
            Comparator.comparingInt(
                means -> means.method().map(Enum::ordinal).orElse(Integer.MAX_VALUE)))
        .toList();
  }

  private static final class Sums {

    private final double[] comprehensiveness = new double[SHARES.size()];
    private final double[] sufficiency = new double[SHARES.size()];
    private int count;

    Means means(Optional<ExplanationMethod> method) {
      return new Means(method, count, mean(comprehensiveness), mean(sufficiency));
    }

    private List<Double> mean(double[] sum) {
      return IntStream.range(0, sum.length).mapToObj(i -> sum[i] / count).toList();
    }
  }
}
