// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.inspect.LabelCounter;
import dev.bertctl.core.report.DefaultView;
import dev.bertctl.core.statistics.SystemScores;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.graph.FirstTokenHead;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Viewer;
import dev.bertctl.spi.head.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What models make of the examples of the {@code test} split. */
public final class EncodedExamples {

  private final TaskConfig<?> config;
  private final RunListener listener;

  /**
   * @param config the task's configuration, with the data as {@code data.test}
   * @param listener is told what happens
   */
  public EncodedExamples(TaskConfig<?> config, RunListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /**
   * The examples with what a model that has the task's head makes of them.
   *
   * @param pretrained the model's files
   * @param saved the model as bertctl saved it for this task; empty for another one
   */
  public List<EncodedExample> of(PretrainedModel pretrained, Optional<FineTunedModel> saved) {
    return of(config.createTask(), pretrained, saved);
  }

  private <X extends Example, P extends Prediction> List<EncodedExample> of(
      Task<X, P> task, PretrainedModel pretrained, Optional<FineTunedModel> saved) {
    saved.ifPresent(model -> model.requireLabels(task.head()));
    List<X> examples = new ArrayList<>();
    List<Encoded<P>> encoded = new ArrayList<>();
    encode(
        task,
        pretrained,
        saved.map(FineTunedModel::temperature).orElse(Temperature.NONE),
        false,
        (example, one) -> {
          examples.add(example);
          encoded.add(one);
        });
    List<P> predictions = encoded.stream().map(one -> one.prediction().orElseThrow()).toList();
    List<Optional<Boolean>> right = right(task, examples, predictions);
    Viewer<X, P> viewer = DefaultView.of(task);
    List<EncodedExample> all = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      all.add(
          new EncodedExample(
              examples.get(i).location(),
              viewer.view(examples.get(i), predictions.get(i)),
              encoded.get(i).labels(),
              right.get(i),
              encoded.get(i).vector()));
    }
    return all;
  }

  /**
   * The vectors that a model with or without the task's head makes of the same examples, in their
   * order, [H] each.
   */
  public List<float[]> vectors(PretrainedModel pretrained) {
    return vectors(config.createTask(), pretrained);
  }

  private <X extends Example, P extends Prediction> List<float[]> vectors(
      Task<X, P> task, PretrainedModel pretrained) {
    List<float[]> vectors = new ArrayList<>();
    encode(task, pretrained, Temperature.NONE, true, (example, one) -> vectors.add(one.vector()));
    return vectors;
  }

  private <X extends Example, P extends Prediction> void encode(
      Task<X, P> task,
      PretrainedModel pretrained,
      Temperature temperature,
      boolean alone,
      PredictionSink<X, Encoded<P>> sink) {
    Head head = new FirstTokenHead(task.head(), alone);
    Task<X, Encoded<P>> encoding =
        Task.of(
            task.reader(),
            task.packing(),
            head,
            (example, output) ->
                new Encoded<>(
                    alone ? Optional.empty() : Optional.of(task.decoder().decode(example, output)),
                    labels(task.head(), output),
                    output.features().get(0).get(FirstTokenHead.FIRST_TOKEN).row(0)));
    try (LoadedTask<X, Encoded<P>> loaded =
        new LoadedTask<>(config, encoding, pretrained, temperature)) {
      listener.opened(loaded.opening());
      Purpose purpose = task.scoring().isPresent() ? Purpose.EVALUATION : Purpose.PREDICTION;
      Split<X> split = loaded.setup().split(SplitName.TEST, purpose);
      listener.during(
          "encoding",
          0,
          progress -> {
            try (SplitReading<X> reading = split.open()) {
              return loaded
                  .evaluator()
                  .predict(
                      reading,
                      TruncationSummary.EMPTY,
                      sink,
                      done -> progress.update(done.examples()));
            } catch (InterruptedException e) {
              throw new InterruptedRunException(e);
            }
          });
    }
  }

  private static List<String> labels(Head head, ModelOutput output) {
    LabelCounter labels = new LabelCounter(head);
    output.features().stream().map(FeatureOutput::feature).forEach(labels::add);
    return labels.balance().counts().entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static <X extends Example, P extends Prediction> List<Optional<Boolean>> right(
      Task<X, P> task, List<X> examples, List<P> predictions) {
    Optional<SystemScores<X, P>> scores =
        task.scoring().map(scoring -> new SystemScores<>(scoring.metric(), examples, predictions));
    Optional<String> judge = scores.flatMap(SystemScores::judge);
    List<Optional<Boolean>> right = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      int place = i;
      right.add(judge.map(name -> scores.get().alone(name, place) == 1));
    }
    return right;
  }

  /**
   * What a model makes of an example.
   *
   * @param prediction if the model has the task's head
   * @param labels the example's gold labels
   * @param vector [H]
   */
  private record Encoded<P extends Prediction>(
      Optional<P> prediction, List<String> labels, float[] vector) implements Prediction {

    @Override
    public Map<String, Object> fields() {
      return prediction.map(Prediction::fields).orElse(Map.of());
    }
  }
}
