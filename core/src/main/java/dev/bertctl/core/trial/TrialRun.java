// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.trial;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.ModelEvaluation;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a task as a user would, on a few rows and with a tiny model of random weights: training,
 * saving, and evaluating what was saved. Its head is built, differentiated and run.
 *
 * @param plugin the task
 * @param samples a data file of a few rows with gold labels
 * @param format its format; told from its ending if empty
 * @param assignments values of options, and of {@code data.columns}, as {@code --set} has them
 */
public record TrialRun(
    TaskPlugin<?> plugin,
    Path samples,
    Optional<DataFile.Format> format,
    List<Assignment> assignments) {

  /** What it shows. */
  public static final String PROMISE =
      "a tiny model trains on the samples and is saved, loaded and evaluated";

  /** Hears nothing of it. */
  private static final RunListener SILENT =
      new RunListener() {
        @Override
        public void info(String line) {}

        @Override
        public void begin(String title, long total) {}

        @Override
        public void advance(long done, String detail) {}

        @Override
        public void end() {}
      };

  /** What is wrong, if anything. */
  public Optional<String> problem() {
    try {
      Path folder = Files.createTempDirectory("bertctl-trial-");
      try {
        return problem(folder);
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw FileException.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private Optional<String> problem(Path folder) throws IOException {
    Path model = Files.createDirectory(folder.resolve("tiny-bert"));
    TrialModel.write(model, Files.readString(samples));
    try {
      Object trained = train(folder, model).get("metrics");
      Object evaluated = evaluate(folder).get("metrics");
      return trained.equals(evaluated)
          ? Optional.empty()
          : Optional.of(
              "the model scores %s when it is trained, and %s when it has been saved and loaded; let the task keep nothing that is not in its options or its head's parameters"
                  .formatted(trained, evaluated));
    } catch (UserException | DataException e) {
      return Optional.of(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      StackTraceElement[] trace = e.getStackTrace();
      return Optional.of("it fails with " + e + (trace.length == 0 ? "" : " at " + trace[0]));
    }
  }

  private Map<String, Object> train(Path folder, Path model) {
    Map<String, String> values = new HashMap<>();
    values.put("model", model.toString());
    values.put("output", folder.resolve("runs").toString());
    values.put("device", "cpu");
    values.put("train.epochs", "1");
    values.put("data.train", file());
    values.put("data.validation", file());
    format(values, "train");
    format(values, "validation");
    return new FineTuning(
            AppConfig.of(values, "plugins check", plugin, assignments), store(), false, SILENT)
        .run();
  }

  private Map<String, Object> evaluate(Path folder) {
    Map<String, String> values = new HashMap<>();
    values.put("data.test", file());
    format(values, "test");
    List<Assignment> more = new ArrayList<>(assignments);
    values.forEach((key, value) -> more.add(new Assignment(key, value, "plugins check")));
    FineTunedModel saved = FineTunedModel.open(folder.resolve("runs").resolve(plugin.name()));
    TaskConfig<?> config = saved.config(plugin, more);
    return new ModelEvaluation(saved, config, store(), Optional.empty(), Optional.empty(), SILENT)
        .run();
  }

  private String file() {
    return samples.toAbsolutePath().toString();
  }

  private void format(Map<String, String> values, String split) {
    format.ifPresent(given -> values.put("data.format." + split, given.toString()));
  }

  /** The model is a folder: nothing is fetched. */
  private static ModelStore store() {
    return ModelStore.ofUser(true, DownloadListener.NONE);
  }
}
