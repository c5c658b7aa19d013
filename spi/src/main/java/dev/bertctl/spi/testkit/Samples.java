// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plugin is tried with: a few rows of its data, and what it needs besides. Most need nothing
 * else: {@code Samples samples = () -> MemoryFile.rows(List.of(first, second, third))}.
 */
@Experimental("what a trial can be given; TaskPluginContract is not experimental")
@FunctionalInterface
public interface Samples {

  /**
   * {@return at least three examples with gold labels, not all of the same label; rows that the
   * reader leaves out and counts may be among them. A task that is not trained needs no gold
   * labels}
   */
  DataFile labelled();

  /**
   * {@return the same examples without their gold labels; where it is empty, the labelled ones are
   * read once more, for prediction}
   */
  default Optional<DataFile> unlabelled() {
    return Optional.empty();
  }

  /**
   * {@return values, as texts by name, of the options that have no default; none unless overridden}
   */
  default Map<String, String> options() {
    return Map.of();
  }

  /** {@return a maximum length, in tokens, so small that examples must be cut or split; 8} */
  default int tinyLength() {
    return 8;
  }

  /**
   * {@return the primary value of perfect predictions: 1, or 0 for a metric of which less is
   * better}
   *
   * @param metric the task's metric
   */
  default double bestScore(Metric<?, ?> metric) {
    return metric.higherIsBetter() ? 1 : 0;
  }

  /**
   * The outputs of the task's own head, for a model that scores the targets so. Only for a head
   * whose outputs are not those of a stock head: one with an output of another form, or with
   * several targets or outputs.
   *
   * @param feature what the model sees
   * @param scores what a stock head would give for each of the head's targets, by their names:
   *     [1,L] for a label, [C,1] for a choice, [T,L] for a label per token, [T,2] for a span, [1,1]
   *     for a number, [1,L] for numbers, [K,V] for a token per position, [T,V] for a token per
   *     token
   * @return what the task's head would give, by the names of its outputs; unless overridden, the
   *     scores of the only target as {@code logits}, and else those of each target by its name
   */
  default Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    return scores.keySet().equals(Set.of(Target.MAIN))
        ? Map.of(HeadOutput.LOGITS, scores.get(Target.MAIN))
        : scores;
  }

  /**
   * The means of the head's losses, for a metric that takes them. Only for a head whose losses have
   * other names than {@code loss}.
   *
   * @param right whether the model knows the gold labels, or knows and avoids them
   * @return the means by the losses' names; unless overridden {@code loss}, 0 or 10
   */
  default Map<String, Double> losses(boolean right) {
    return Map.of(HeadOutput.LOSS, right ? 0.0 : 10.0);
  }
}
