// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Feature;
import java.util.Map;
import java.util.Optional;

/**
 * What a plugin is tried with: a few rows of its data, and what it needs besides. Most need nothing
 * else: {@code Samples samples = () -> MemoryFile.rows(List.of(first, second, third))}.
 */
@Experimental("what a trial can be given; TaskPluginContract is not experimental")
@FunctionalInterface
public interface Samples {

  /**
   * {@return at least three examples with gold labels, not all of the same label; rows that the
   * reader leaves out and counts may be among them}
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
   * The logits of the task's own head, for a model that scores the labels so. Only for a head that
   * gives its logits another form than a stock head of the same targets does.
   *
   * @param feature what the model sees
   * @param scores what the stock head would give, such as [T,L] for a tagger
   * @return what the task's head would give
   */
  default Logits logits(Feature feature, Logits scores) {
    return scores;
  }
}
