// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.output.RowLayout;
import dev.bertctl.core.report.ExampleCollector;
import dev.bertctl.core.report.ReportFiles;
import dev.bertctl.core.slices.SliceReport;
import dev.bertctl.core.slices.Slicing;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.files.ExclusiveFiles;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonLines;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Evaluates a fine-tuned model on the data of the {@code test} split. */
public final class ModelEvaluation {

  /** Slices of a few examples are many: enough for intervals, and quick. */
  private static final Resampling SLICE_RESAMPLING = new Resampling(Resampling.FEWEST, 42);

  private final FineTunedModel saved;
  private final TaskConfig<?> config;
  private final ModelStore store;
  private final EvaluationOutputs outputs;
  private final RunListener listener;

  /**
   * @param saved the model
   * @param config its configuration, with the data to evaluate on as {@code data.test}
   * @param store where models come from
   * @param outputs what is wanted besides the figures
   * @param listener is told what happens
   */
  public ModelEvaluation(
      FineTunedModel saved,
      TaskConfig<?> config,
      ModelStore store,
      EvaluationOutputs outputs,
      RunListener listener) {
    this.saved = saved;
    this.config = config;
    this.store = store;
    this.outputs = outputs;
    this.listener = listener;
  }

  /**
   * Evaluates.
   *
   * @throws UserException if it cannot be done, or another process writes one of the outputs
   */
  public Report run() {
    List<Path> files = new ArrayList<>(outputs.predictions().stream().toList());
    outputs.report().ifPresent(html -> files.addAll(List.of(ReportFiles.jsonOf(html), html)));
    return ExclusiveFiles.work(
        files,
        () -> {
          files.forEach(WholeFile::requireWritable);
          return run(config.createTask());
        });
  }

  private <X extends Example, P extends Prediction> Report run(Task<X, P> task) {
    if (task.scoring().isEmpty()) {
      throw new UserException(
          "task '%s' is not evaluated: it has no metric; it is applied by prediction"
              .formatted(saved.task()));
    }
    listener.begun(config.plugin());
    Instant began = Instant.now();
    outputs.taskFiles().ifPresent(FileTree::create);
    saved.requireLabels(task.head());
    try (LoadedTask<X, P> loaded =
        new LoadedTask<>(config, task, saved.files(store), saved.temperature())) {
      Split<X> split = loaded.setup().split(SplitName.TEST, Purpose.EVALUATION);
      Slicing<X, P> slicing = new Slicing<>(task, outputs.slices());
      SplitSummary summary = loaded.setup().scan(split, into(slicing));
      slicing.slice();
      // What the training data needed, this file may not.
      loaded.setup().splits().requireSettingsUsed(saved.mappedColumns());
      listener.opened(loaded.opening());
      loaded.fewWords().ifPresent(listener::notice);
      listener.read(summary);
      Optional<ExampleCollector<X, P>> shown =
          outputs.report().map(html -> new ExampleCollector<>(task));
      PredictionSink<X, P> sink = shown.<PredictionSink<X, P>>map(slicing::and).orElse(slicing);
      EvaluationResult result =
          EvaluationResult.of(written(loaded, split, summary.counts().examples(), sink));
      Report report =
          new Report(
              saved.task(),
              saved.folder(),
              summary,
              task.scoring().get().metric().primary(),
              result,
              slicing.report(SLICE_RESAMPLING));
      shown.ifPresent(
          collector ->
              ReportFiles.write(
                  outputs.report().orElseThrow(),
                  EvaluationReport.facts(
                      report,
                      config,
                      loaded.opening(),
                      collector.facts(),
                      Duration.between(began, Instant.now()))));
      return report;
    }
  }

  private static <X extends Example> SplitScan.Sink<X> into(Slicing<X, ?> slicing) {
    return new SplitScan.Sink<>() {
      @Override
      public void packed(X example, List<Feature> features) {
        slicing.packed(example, features);
      }

      @Override
      public void drawn(Feature feature) {}
    };
  }

  private <X extends Example, P extends Prediction> Evaluation written(
      LoadedTask<X, P> loaded, Split<X> split, long examples, PredictionSink<X, P> more) {
    Optional<PredictionFiles<X, P>> own =
        outputs.taskFiles().map(folder -> PredictionFiles.ofTask(folder, loaded.setup().task()));
    PredictionSink<X, P> sink = own.<PredictionSink<X, P>>map(more::and).orElse(more);
    try {
      Evaluation evaluation =
          outputs.predictions().isEmpty()
              ? evaluate(loaded, split, examples, sink)
              : evaluateInto(outputs.predictions().get(), loaded, split, examples, sink);
      own.ifPresent(PredictionFiles::publish);
      return evaluation;
    } finally {
      own.ifPresent(PredictionFiles::drop);
    }
  }

  private <X extends Example, P extends Prediction> Evaluation evaluateInto(
      Path file,
      LoadedTask<X, P> loaded,
      Split<X> split,
      long examples,
      PredictionSink<X, P> sink) {
    AtomicReference<Evaluation> evaluation = new AtomicReference<>();
    WholeFile.write(
        file,
        partial -> {
          try (JsonLines lines = new JsonLines(partial)) {
            evaluation.set(
                evaluate(
                    loaded,
                    split,
                    examples,
                    sink.and((example, p) -> lines.write(RowLayout.ALL.row(example, p)))));
          }
        });
    return evaluation.get();
  }

  private <X extends Example, P extends Prediction> Evaluation evaluate(
      LoadedTask<X, P> loaded, Split<X> split, long examples, PredictionSink<X, P> sink) {
    return listener.during(
        "evaluating",
        examples,
        progress -> {
          try (SplitReading<X> reading = split.open()) {
            return loaded.evaluator().evaluate(reading, loaded.setup().seed(), sink, progress);
          } catch (InterruptedException e) {
            throw new InterruptedRunException(e);
          }
        });
  }

  /**
   * What was found.
   *
   * @param task the task's name
   * @param model the model's folder
   * @param data what it was evaluated on, and what was left out or cut of it
   * @param primary the metric's most important value
   * @param result the values
   * @param slices the values on parts of the data, if they are wanted
   */
  public record Report(
      String task,
      Path model,
      SplitSummary data,
      String primary,
      EvaluationResult result,
      Optional<SliceReport> slices) {

    /** As plain values. */
    public Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("task", task);
      fields.put("model", model.toString());
      fields.put("data", data.file().toString());
      fields.put("read", data.fields());
      fields.put("primary", primary);
      fields.putAll(result.fields());
      slices.ifPresent(report -> fields.put("slices", report.fields()));
      return fields;
    }
  }
}
