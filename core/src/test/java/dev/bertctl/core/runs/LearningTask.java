// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Softmax;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pair classification that finds its labels in the training data, chooses the threshold of the
 * second label on the validation data, and writes files of its own.
 */
record LearningTask() implements TaskPlugin<LearningTask.Options> {

  @Override
  public String name() {
    return "learning";
  }

  @Override
  public String summary() {
    return "A task for tests.";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Map<String, Object> findOptions(Options options, DataFile training) {
    if (options.labels().isPresent()) {
      return Map.of();
    }
    try (Stream<Row> rows = training.rows()) {
      return Map.of(
          "labels", rows.map(row -> row.get(Column.named("label"))).distinct().sorted().toList());
    }
  }

  @Override
  public Task<LabelledText, Classification> create(Options options) {
    Labels labels = new Labels(options.labels().orElse(List.of("none", "found")));
    return Task.of(
            TinyTask.reader(labels),
            new TextPacking(Truncation.LONGEST_FIRST),
            new ClassifierHead(labels.names()),
            (LabelledText example, ModelOutput output) -> {
              List<Double> probabilities = Softmax.of(output.logits().row(0));
              int label = probabilities.get(1) > options.threshold() ? 1 : 0;
              return new Classification(labels, label, probabilities);
            })
        .scoredBy(new ClassificationMetric(labels), new ClassificationReader(labels))
        .tunedBy(LearningTask::threshold)
        .writing(
            OutputFile.text(
                "labels.txt", (example, made, place) -> labels.name(made.label()) + "\n"))
        .writing(
            OutputFile.json(
                "labels.json",
                (example, made) ->
                    Map.entry("line " + example.location().line(), labels.name(made.label()))));
  }

  /** The threshold, of those between two probabilities, with the highest accuracy. */
  private static Map<String, Object> threshold(
      List<LabelledText> examples, List<Classification> predictions) {
    double[] sorted =
        predictions.stream().mapToDouble(made -> made.probabilities().get(1)).sorted().toArray();
    double best = 0;
    long bestRight = -1;
    for (int i = 0; i < sorted.length - 1; i++) {
      double threshold = (sorted[i] + sorted[i + 1]) / 2;
      long right =
          IntStream.range(0, examples.size())
              .filter(
                  n ->
                      (predictions.get(n).probabilities().get(1) > threshold ? 1 : 0)
                          == examples.get(n).label().orElseThrow())
              .count();
      if (right > bestRight) {
        best = threshold;
        bestRight = right;
      }
    }
    return Map.of("threshold", best);
  }

  /** Options. */
  interface Options {

    /** The labels. */
    @Doc("The labels.")
    Optional<List<String>> labels();

    /** The threshold. */
    @Doc("Probability above which the second label is predicted.")
    @WithDefault("0.5")
    double threshold();
  }
}
