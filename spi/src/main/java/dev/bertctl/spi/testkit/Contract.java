// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tries whether a plugin keeps what every task plugin promises. {@code new Contract<>(plugin,
 * samples).check(Promise.TARGETS_LIE_IN_RANGE)} returns if it does, and else throws with what to
 * change.
 *
 * @param plugin the plugin, as {@link java.util.ServiceLoader} would make it
 * @param samples what it is tried with
 * @param <O> the plugin's options
 */
@Experimental("how it is called; TaskPluginContract is not experimental")
public record Contract<O>(TaskPlugin<O> plugin, Samples samples) {

  /** A maximum length that no sample reaches. */
  static final int AMPLE = 512;

  private static final int FEWEST_EXAMPLES = 3;

  /**
   * Tries one promise.
   *
   * @param promise the promise
   * @throws BrokenPromise if the plugin does not keep it, saying what to change
   */
  public void check(Promise promise) {
    promise.check(this);
  }

  /**
   * Whether the task's head is a stock one, whose logits have a known form. Of a head of the
   * plugin's own they are made as of a stock head for the same targets, which {@link
   * Samples#logits} brings into another form.
   *
   * @return whether it is
   * @throws BrokenPromise if no task can be made
   */
  public boolean hasStockHead() {
    return task().head().getClass().getPackage().equals(Head.class.getPackage());
  }

  /** The task as the host makes it: options found in the training data are added. */
  Task<?, ?> task() {
    return task(Map.of());
  }

  /** The task with some more options. */
  Task<?, ?> task(Map<String, Object> more) {
    Map<String, String> values = new LinkedHashMap<>(samples.options());
    O given = bind(values);
    Step.of("findOptions", () -> plugin.findOptions(given, samples.labelled()))
        .forEach((key, value) -> values.put(key, text(value)));
    more.forEach((key, value) -> values.put(key, text(value)));
    O options = bind(values);
    return Step.of("create", () -> plugin.create(options));
  }

  private O bind(Map<String, String> values) {
    Class<O> type = Step.of("optionsType", plugin::optionsType);
    try {
      return new SmallRyeConfigBuilder()
          .withMapping(type, "")
          .withSources(new PropertiesConfigSource(values, "samples", 100))
          .build()
          .getConfigMapping(type, "");
    } catch (RuntimeException e) {
      throw new BrokenPromise(
          "the options %s do not bind to %s: %s. Give an option a @WithDefault, or the samples its value"
              .formatted(values, type.getName(), e.getMessage()),
          e);
    }
  }

  /** A value as SmallRye Config reads it: lists with commas between. */
  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream()
            .map(item -> item.toString().replace("\\", "\\\\").replace(",", "\\,"))
            .collect(Collectors.joining(","))
        : value.toString();
  }

  /** The labelled samples, packed to a maximum length. */
  TaskTrial<?, ?> labelled(int maxLength) {
    return labelled(task(), maxLength);
  }

  /** The labelled samples, packed to a maximum length by a task. */
  TaskTrial<?, ?> labelled(Task<?, ?> task, int maxLength) {
    TaskTrial<?, ?> trial = trial(task, samples.labelled(), Purpose.EVALUATION, maxLength);
    BrokenPromise.unless(
        trial.examples().size() >= FEWEST_EXAMPLES,
        "the samples give %d examples; give at least %d with gold labels, not all the same",
        trial.examples().size(),
        FEWEST_EXAMPLES);
    BrokenPromise.unless(
        !trial.allTheSame(),
        "all samples have the same gold value; add one with another, or nothing is shown by them");
    return trial;
  }

  /** The samples read for prediction, without their gold labels if there are such. */
  TaskTrial<?, ?> unlabelled() {
    DataFile file = samples.unlabelled().orElseGet(samples::labelled);
    return trial(task(), file, Purpose.PREDICTION, AMPLE);
  }

  private static TaskTrial<?, ?> trial(
      Task<?, ?> task, DataFile file, Purpose purpose, int maxLength) {
    return TaskTrial.of(task, file, purpose, maxLength);
  }

  /** What a model answers that knows the gold labels. */
  Logits right(Head head, Feature feature) {
    return samples.logits(feature, PerfectLogits.right(head, feature));
  }

  /** What a model answers that knows the gold labels and avoids them. */
  Logits wrong(Head head, Feature feature) {
    return samples.logits(feature, PerfectLogits.wrong(head, feature));
  }
}
