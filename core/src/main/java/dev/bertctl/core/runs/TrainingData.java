// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.packing.FeatureStore;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The splits of a run, all of them read once from beginning to end, so that whatever is wrong in
 * them is found before the training. The training split's features are kept in a file in the run's
 * folder.
 *
 * @param <X> an example
 */
final class TrainingData<X extends Example> implements AutoCloseable {

  private final Path folder;
  private final FeatureStore training;
  private final Optional<Split<X>> validation;
  private final Optional<Split<X>> test;
  private final List<SplitSummary> summaries;

  private TrainingData(
      Path folder,
      FeatureStore training,
      Optional<Split<X>> validation,
      Optional<Split<X>> test,
      List<SplitSummary> summaries) {
    this.folder = folder;
    this.training = training;
    this.validation = validation;
    this.test = test;
    this.summaries = summaries;
  }

  /**
   * Reads them.
   *
   * @param folder the run's folder; if it was not there, a failure leaves none
   */
  static <X extends Example> TrainingData<X> read(TaskSetup<X, ?> setup, Path folder) {
    FileTree.create(folder);
    boolean done = false;
    try (FeatureStore.Writer writer = FeatureStore.write(temporaryFile(folder))) {
      List<SplitSummary> summaries = new ArrayList<>();
      summaries.add(setup.scan(setup.split(SplitName.TRAIN, Purpose.TRAINING), writer::add));
      requireFeatures(summaries.get(0));
      Optional<Split<X>> validation = scanned(setup, SplitName.VALIDATION, summaries);
      Optional<Split<X>> test = scanned(setup, SplitName.TEST, summaries);
      setup.splits().requireSettingsUsed(Set.of());
      TrainingData<X> data =
          new TrainingData<>(folder, writer.finish(), validation, test, summaries);
      done = true;
      return data;
    } finally {
      // Whatever it was: what is thrown by a plugin may be an Error.
      if (!done) {
        removeIfEmpty(folder);
      }
    }
  }

  /** Finds what is wrong with the data before a model is fetched for them. */
  static <X extends Example> void readThrough(TaskConfig<?> config, Task<X, ?> task) {
    Splits splits = new Splits(config);
    for (SplitName name : SplitName.values()) {
      if (name == SplitName.TRAIN || name.isConfigured(config.settings().data())) {
        splits
            .split(
                name,
                task.reader(),
                name == SplitName.TRAIN ? Purpose.TRAINING : Purpose.EVALUATION)
            .readThrough();
      }
    }
    splits.requireSettingsUsed(Set.of());
  }

  private static void requireFeatures(SplitSummary training) {
    if (training.features() == 0) {
      throw new UserException(
          "%s: in none of its %d examples is there anything to learn from with the sequences that max-length allows; raise max-length"
              .formatted(training.file(), training.counts().examples()));
    }
  }

  private static Path temporaryFile(Path folder) {
    try {
      return Files.createTempFile(folder, ".features-", ".bin");
    } catch (IOException e) {
      throw FileException.writing(folder, e);
    }
  }

  private static <X extends Example> Optional<Split<X>> scanned(
      TaskSetup<X, ?> setup, SplitName name, List<SplitSummary> summaries) {
    if (!name.isConfigured(setup.config().settings().data())) {
      return Optional.empty();
    }
    Split<X> split = setup.split(name, Purpose.EVALUATION);
    summaries.add(setup.scan(split, (example, feature) -> {}));
    return Optional.of(split);
  }

  /** The features to train on. */
  FeatureStore training() {
    return training;
  }

  /** What epochs are compared on. */
  Optional<Split<X>> validation() {
    return validation;
  }

  /** What is looked at once, at the end. */
  Optional<Split<X>> test() {
    return test;
  }

  /** How many examples a split has. */
  long examples(String split) {
    return summaries.stream()
        .filter(summary -> summary.name().equals(split))
        .mapToLong(summary -> summary.counts().examples())
        .sum();
  }

  /** What each split holds. */
  List<SplitSummary> summaries() {
    return summaries;
  }

  /** How often each label occurs in the training split. */
  ClassBalance labels() {
    return summaries.get(0).labels();
  }

  /** Reports what each split holds, and what is odd about the labels to train on. */
  void report(RunListener listener) {
    summaries.forEach(listener::read);
    labels().notices().forEach(listener::notice);
  }

  @Override
  public void close() {
    training.close();
    removeIfEmpty(folder);
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException resultsAreThere) {
      return;
    } catch (IOException e) {
      throw FileException.removing(folder, e);
    }
  }
}
