// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.head.Head;
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
 * @param <O> the plugin's options
 */
@Experimental("how it is called; TaskPluginContract is not experimental")
public final class Contract<O> {

  /** A maximum length that no sample reaches. */
  static final int AMPLE = 512;

  private static final int FEWEST_EXAMPLES = 3;

  private final TaskPlugin<O> plugin;
  private final Samples samples;

  /**
   * A trial of a plugin.
   *
   * @param plugin the plugin, as {@link java.util.ServiceLoader} would make it
   * @param samples what it is tried with
   */
  public Contract(TaskPlugin<O> plugin, Samples samples) {
    this.plugin = plugin;
    this.samples = samples;
  }

  /** The plugin, as {@link java.util.ServiceLoader} would make it. */
  TaskPlugin<O> plugin() {
    return plugin;
  }

  /** What it is tried with. */
  Samples samples() {
    return samples;
  }

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
   * Whether the task's head is a stock one, whose outputs are known. Those of a head of the
   * plugin's own are made as of stock heads for the same targets, which {@link Samples#outputs}
   * brings into another form.
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

  /**
   * The labelled samples, packed to a maximum length by a task. One that is not trained only
   * predicts.
   */
  TaskTrial<?, ?> labelled(Task<?, ?> task, int maxLength) {
    boolean trained = !task.head().targets().isEmpty();
    TaskTrial<?, ?> trial =
        TaskTrial.of(
            task, samples.labelled(), trained ? Purpose.EVALUATION : Purpose.PREDICTION, maxLength);
    BrokenPromise.unless(
        trial.examples().size() >= FEWEST_EXAMPLES,
        "the samples give %d examples; give at least %d%s",
        trial.examples().size(),
        FEWEST_EXAMPLES,
        trained ? " with gold labels, not all the same" : "");
    return trial;
  }

  /** The labelled samples, with targets that outputs can be made for. */
  TaskTrial<?, ?> judged(Task<?, ?> task) {
    TaskTrial<?, ?> trial = labelled(task, AMPLE);
    PackingChecks.targets(trial);
    BrokenPromise.unless(
        !trial.allTheSame(),
        "all samples have the same gold value; add one with another, or nothing is shown by them");
    return trial;
  }

  /** The samples read for prediction, without their gold labels if there are such. */
  TaskTrial<?, ?> unlabelled() {
    DataFile file = samples.unlabelled().orElseGet(samples::labelled);
    return TaskTrial.of(task(), file, Purpose.PREDICTION, AMPLE);
  }

  /** A model that knows the gold labels. */
  ToyModel right() {
    return ToyModel.right(samples);
  }

  /** A model that knows the gold labels and avoids them. */
  ToyModel wrong() {
    return ToyModel.wrong(samples);
  }

  /** A model that knows nothing. */
  ToyModel clueless() {
    return ToyModel.clueless(samples);
  }
}
