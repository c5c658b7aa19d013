// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.core.comparison.ComparisonReport.ComparedValue;
import dev.bertctl.core.comparison.ComparisonReport.Test;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Skips;
import dev.bertctl.core.statistics.McNemar;
import dev.bertctl.core.statistics.PairedBootstrap;
import dev.bertctl.core.statistics.PairedBootstrap.Pair;
import dev.bertctl.core.statistics.PairedBootstrap.Spread;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Compares two systems' predictions for the same examples with their task's metric.
 *
 * <p>A value that is the share of examples which are right is tested with {@link McNemar}, any
 * other with the {@link PairedBootstrap}, which also gives all confidence intervals.
 */
public final class Comparison {

  private final TaskConfig<?> config;
  private final Resampling resampling;
  private final Consumer<String> notices;

  /**
   * @param config the task's configuration
   * @param resampling how the bootstrap draws
   * @param notices takes what was left out, a line each
   */
  public Comparison(TaskConfig<?> config, Resampling resampling, Consumer<String> notices) {
    this.config = config;
    this.resampling = resampling;
    this.notices = notices;
  }

  /**
   * Compares.
   *
   * @throws UserException if the predictions are not for the same examples, naming the first that
   *     differs
   */
  public ComparisonReport of(Compared first, Compared second) {
    return of(config.createTask(), first, second);
  }

  private <X extends Example, P extends Prediction> ComparisonReport of(
      Task<X, P> task, Compared first, Compared second) {
    Task.Scoring<X, P> scoring =
        task.scoring()
            .orElseThrow(
                () ->
                    new UserException(
                        "task '%s' has no metric to compare predictions by"
                            .formatted(config.plugin().name())));
    List<X> examples = examples(task, first, second);
    List<P> firsts = predictions(scoring, first, examples);
    List<P> seconds = predictions(scoring, second, examples);
    PairedScores<X, P> scores = new PairedScores<>(scoring.metric(), examples, firsts, seconds);
    return new ComparisonReport(
        config.plugin().name(),
        first.name(),
        second.name(),
        first.gold().file().location().file(),
        examples.size(),
        scoring.metric().primary(),
        resampling,
        values(scores, examples.size()),
        Differences.of(scoring.metric(), scores, examples, firsts, seconds));
  }

  private <X extends Example> List<X> examples(Task<X, ?> task, Compared first, Compared second) {
    Skips leftOut = new Skips();
    List<X> examples = first.gold().read(task.reader(), leftOut);
    leftOut.list().forEach(skip -> notices.accept("left out: " + skip));
    if (!second.gold().equals(first.gold())) {
      SameExamples.require(
          examples, first.name(), second.gold().read(task.reader(), new Skips()), second.name());
    }
    if (examples.isEmpty()) {
      throw new UserException(
          first.gold().file().location() + ": no examples to compare predictions for");
    }
    return examples;
  }

  private <X extends Example, P extends Prediction> List<P> predictions(
      Task.Scoring<X, P> scoring, Compared compared, List<X> examples) {
    Skips skips = new Skips();
    AlignedRows rows = new AlignedRows(compared.predictions());
    List<P> predictions = scoring.predictions().read(rows, examples, skips);
    rows.requireFor(examples);
    skips.list().forEach(skip -> notices.accept("%s: %s".formatted(compared.name(), skip)));
    return predictions;
  }

  private Map<String, ComparedValue> values(PairedScores<?, ?> scores, int examples) {
    Map<String, Pair> measured = scores.measured();
    Map<String, Spread> spreads =
        new PairedBootstrap(resampling).run(examples, measured, scores::of);
    Map<String, ComparedValue> values = new LinkedHashMap<>();
    measured.forEach(
        (name, pair) -> {
          boolean shareOfRight = scores.isShareOfRight(name);
          values.put(
              name,
              new ComparedValue(
                  pair,
                  spreads.get(name),
                  shareOfRight ? Test.MCNEMAR : Test.BOOTSTRAP,
                  shareOfRight ? mcNemar(scores, name, examples) : spreads.get(name).p()));
        });
    return values;
  }

  private static double mcNemar(PairedScores<?, ?> scores, String name, int examples) {
    int onlyFirst = count(scores, name, examples, 1, 0);
    int onlySecond = count(scores, name, examples, 0, 1);
    return McNemar.exact(onlyFirst, onlySecond);
  }

  private static int count(
      PairedScores<?, ?> scores, String name, int examples, double first, double second) {
    Pair sought = new Pair(first, second);
    return (int)
        IntStream.range(0, examples).filter(i -> scores.alone(name, i).equals(sought)).count();
  }
}
