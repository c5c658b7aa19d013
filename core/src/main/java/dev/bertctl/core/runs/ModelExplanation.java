// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.explain.ExplainedRow;
import dev.bertctl.core.explain.ExplanationReport;
import dev.bertctl.core.explain.ExplanationRows;
import dev.bertctl.core.explain.PredictedLabels;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.OpenedModel;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.explain.Explainer;
import dev.bertctl.runtime.explain.Explanation;
import dev.bertctl.runtime.explain.ExplanationMethod;
import dev.bertctl.runtime.explain.ExplanationOptions;
import dev.bertctl.runtime.explain.Faithfulness;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Explains what a model predicts for some rows. */
public final class ModelExplanation {

  private final String name;
  private final TaskConfig<?> config;
  private final PretrainedModel pretrained;
  private final Optional<FineTunedModel> saved;
  private final ExplanationOptions options;
  private final boolean faithfulness;
  private final RunListener listener;

  /**
   * @param name how the user named the model
   * @param config the task's configuration
   * @param pretrained the model's files
   * @param saved the model as bertctl saved it for this task; empty for another model, which the
   *     task is applied to
   * @param options what is explained, and how
   * @param faithfulness whether it is found out how faithful all methods are
   * @param listener is told what happens
   */
  public ModelExplanation(
      String name,
      TaskConfig<?> config,
      PretrainedModel pretrained,
      Optional<FineTunedModel> saved,
      ExplanationOptions options,
      boolean faithfulness,
      RunListener listener) {
    this.name = name;
    this.config = saved.isPresent() ? config : AppliedConfig.of(config, pretrained);
    this.pretrained = pretrained;
    this.saved = saved;
    this.options = options;
    this.faithfulness = faithfulness;
    this.listener = listener;
  }

  /**
   * Explains the first rows of a file.
   *
   * @param limit how many
   * @param shown takes each as soon as it is explained
   * @throws UserException if what the task gives cannot be explained, or there is nothing of what
   *     is asked for in a row
   */
  public ExplanationReport run(DataFile input, int limit, Consumer<ExplainedRow> shown) {
    requireTensorFlow();
    listener.begun(config.plugin());
    return run(config.createTask(), input, limit, shown);
  }

  private void requireTensorFlow() {
    if (config.settings().engine() == Engine.ONNXRUNTIME) {
      throw config.wrong("engine", "onnxruntime computes no gradients; set auto or tensorflow");
    }
    if (config.settings().quantize() != Quantize.NONE) {
      throw config.wrong(
          "quantize",
          "%s: weights that are rounded have no gradients; set none"
              .formatted(config.settings().quantize()));
    }
  }

  private <X extends Example, P extends Prediction> ExplanationReport run(
      Task<X, P> task, DataFile input, int limit, Consumer<ExplainedRow> shown) {
    saved.ifPresent(model -> model.requireLabels(task.head()));
    Temperature temperature = saved.map(FineTunedModel::temperature).orElse(Temperature.NONE);
    ComputeDevice device = ComputeDevice.of(config.settings().device());
    try (TaskSetup<X, P> setup = new TaskSetup<>(config, task, pretrained);
        Explainer explainer =
            Explainer.open(
                config.plugin().name(),
                task.head(),
                setup.packer().vocabulary(),
                pretrained,
                temperature,
                device)) {
      listener.opened(opening(explainer.opened(), device));
      setup.fewWords().ifPresent(listener::notice);
      List<X> examples = examples(task, input, limit);
      Faithfulness measured = new Faithfulness(explainer, setup.seed());
      List<ExplainedRow> rows =
          listener.during(
              "explaining",
              examples.size(),
              progress -> {
                Row<X, P> one = new Row<>(setup, explainer, measured, temperature);
                List<ExplainedRow> explained = new ArrayList<>();
                for (X example : examples) {
                  explained.add(one.explain(example));
                  shown.accept(explained.get(explained.size() - 1));
                  progress.update(explained.size());
                }
                return explained;
              });
      return new ExplanationReport(
          name,
          config.plugin().name(),
          explainer.output().kind(),
          options,
          rows,
          measured.means(),
          setup.seed());
    }
  }

  private Opening opening(OpenedModel model, ComputeDevice device) {
    return Opening.of(
        config.plugin(),
        device,
        pretrained.reference(),
        model.model().config(),
        model.parameters(),
        model.weights(),
        Optional.of(model.choice()),
        Optional.empty());
  }

  private static <X extends Example> List<X> examples(Task<X, ?> task, DataFile input, int limit) {
    Split<X> split =
        new Split<>(
            "input", input, task.reader(), Purpose.PREDICTION, Selection.ALL.limitedTo(limit));
    List<X> examples = new ArrayList<>();
    try (SplitReading<X> reading = split.open()) {
      while (examples.size() < limit && reading.hasNext()) {
        examples.add(reading.next());
      }
    }
    return examples;
  }

  /** Explains a row. */
  private final class Row<X extends Example, P extends Prediction> {

    private final TaskSetup<X, P> setup;
    private final Explainer explainer;
    private final Faithfulness measured;
    private final Temperature temperature;

    Row(
        TaskSetup<X, P> setup,
        Explainer explainer,
        Faithfulness measured,
        Temperature temperature) {
      this.setup = setup;
      this.explainer = explainer;
      this.measured = measured;
      this.temperature = temperature;
    }

    ExplainedRow explain(X example) {
      Task<X, P> task = setup.task();
      PackedExamples<X> packed =
          PackedExamples.of(
              List.of(example),
              List.of(new ExamplePacker<>(task.packing(), setup.packer()).packOne(example)));
      P prediction =
          setup.evaluator(task, explainer.opened().model(), temperature).predict(packed).get(0);
      return ExplanationRows.of(
          example,
          prediction,
          task.marker().map(marker -> marker.mark(example, prediction)),
          explanations(example, prediction, packed),
          setup.packer().vocabulary());
    }

    private List<Explanation> explanations(X example, P prediction, PackedExamples<X> packed) {
      List<Explanation> explanations = new ArrayList<>();
      try {
        for (ExplanationOptions each : asked(prediction)) {
          explanations.addAll(explainer.explain(packed.features(), each));
        }
      } catch (UserException e) {
        throw new UserException(example.location() + ": " + e.getMessage(), e);
      }
      if (faithfulness) {
        explanations.forEach(measured::add);
      }
      return explanations;
    }

    /** Unless the user says which, the labels that are predicted. */
    private List<ExplanationOptions> asked(P prediction) {
      ExplanationOptions all =
          faithfulness ? options.withMethods(EnumSet.allOf(ExplanationMethod.class)) : options;
      List<String> predicted =
          all.label().isPresent()
              ? List.of()
              : PredictedLabels.of(prediction.fields(), explainer.output());
      return predicted.isEmpty() ? List.of(all) : predicted.stream().map(all::withLabel).toList();
    }
  }
}
