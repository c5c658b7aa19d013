// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.trial;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.runs.EvaluationOutputs;
import dev.bertctl.core.runs.EvaluationResult;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.ModelEvaluation;
import dev.bertctl.core.runs.ModelPrediction;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.head.Head;
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
 * saving, and evaluating what was saved. Its head is built, differentiated and run. A task that is
 * not trained is applied.
 */
public final class TrialRun {

  /** What it shows. */
  public static final String PROMISE =
      "a tiny model trains on the samples and is saved, loaded and evaluated";

  private final TaskPlugin<?> plugin;
  private final Path samples;
  private final Optional<DataFile.Format> format;
  private final List<Assignment> assignments;

  /**
   * @param plugin the task
   * @param samples a data file of a few rows with gold labels
   * @param format its format; told from its ending if empty
   * @param assignments values of options, and of {@code data.columns}
   */
  public TrialRun(
      TaskPlugin<?> plugin,
      Path samples,
      Optional<DataFile.Format> format,
      List<Assignment> assignments) {
    this.plugin = plugin;
    this.samples = samples;
    this.format = format;
    this.assignments = List.copyOf(assignments);
  }

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
      TaskConfig<?> config = config(model, folder);
      if (config.createTask().scoring().isEmpty()) {
        predict(config, model, Files.createDirectory(folder.resolve("with-head")));
        return Optional.empty();
      }
      Map<String, Double> trained =
          new FineTuning(config, store(), RunMode.NEW, RunListener.SILENT, new Interruption())
              .run()
              .best()
              .orElseThrow()
              .metrics();
      Map<String, Double> evaluated = evaluate(folder).metrics();
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

  private TaskConfig<?> config(Path model, Path folder) {
    Map<String, String> values = new HashMap<>();
    values.put("model", model.toString());
    values.put("output", folder.resolve("runs").toString());
    values.put("device", "cpu");
    // What was trained and what was saved are compared to the last digit.
    values.put("engine", "tensorflow");
    values.put("train.epochs", "1");
    values.put("data.train", file());
    values.put("data.validation", file());
    format(values, "train");
    format(values, "validation");
    return AppConfig.of(values, "the trial", plugin, assignments);
  }

  private EvaluationResult evaluate(Path folder) {
    Map<String, String> values = new HashMap<>();
    values.put("data.test", file());
    format(values, "test");
    List<Assignment> more = new ArrayList<>(assignments);
    values.forEach((key, value) -> more.add(new Assignment(key, value, "the trial")));
    FineTunedModel saved = FineTunedModel.open(folder.resolve("runs").resolve(plugin.name()));
    TaskConfig<?> config = saved.config(plugin, more);
    return new ModelEvaluation(saved, config, store(), EvaluationOutputs.NONE, RunListener.SILENT)
        .run()
        .result();
  }

  /** A task that is not trained is applied to a model whose head is as random as its encoder. */
  private void predict(TaskConfig<?> config, Path model, Path withHead) {
    PretrainedModel tiny = store().open(model.toString(), Path.of(""));
    Head head = config.createTask().head();
    try (Tokenizer tokenizer = Tokenizers.open(model);
        BertModel whole =
            BertModel.create(
                plugin.name(),
                tiny.config(),
                head,
                tokenizer.vocabulary(),
                Optional.empty(),
                ComputeDevice.CPU)) {
      ModelWeights.load(whole, head, tiny, 1);
      HuggingFaceFolder.write(
          withHead, SavedHead.of(head), tiny.config(), ModelWeights.of(whole), tiny.tokenizer());
    }
    new ModelPrediction(
            config,
            store().open(withHead.toString(), Path.of("")),
            Optional.empty(),
            PredictionTarget.toldOnly(Optional.empty()),
            RunListener.SILENT)
        .run(
            DataFiles.open(
                List.of(samples), format, plugin.usualFormat(), FileSettings.of(config.settings())),
            (columns, prediction, marked) -> prediction.fields());
  }

  private String file() {
    return AppConfig.list(List.of(samples.toAbsolutePath()));
  }

  private void format(Map<String, String> values, String split) {
    format.ifPresent(given -> values.put("data.format." + split, given.toString()));
  }

  /** The model is a folder: nothing is fetched. */
  private static ModelStore store() {
    return ModelStore.ofUser(true, DownloadListener.NONE);
  }
}
