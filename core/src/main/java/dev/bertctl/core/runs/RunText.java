// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.spi.TaskPlugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Words what a job reports, a line each, in two columns. */
public final class RunText {

  private static final String LINE = "%-11s %s";

  private RunText() {}

  /** What a job is for. */
  public static String line(TaskPlugin<?> task) {
    return line("task", task.name() + ": " + task.summary());
  }

  /** What a job begins with: of one that does not train only device and model. */
  public static List<String> lines(Opening opening) {
    List<String> lines = new ArrayList<>();
    String model =
        "%s: %d layers, hidden size %d, %d heads"
            .formatted(
                opening.model(),
                opening.architecture().layers(),
                opening.architecture().hiddenSize(),
                opening.architecture().heads());
    String precision =
        opening
            .training()
            .map(training -> training.spec().precision())
            .filter(other -> other != Precision.FLOAT32)
            .map(other -> ", multiplying " + other)
            .orElse("");
    lines.add(line("device", opening.device() + precision));
    opening.engine().ifPresent(choice -> lines.add(line("engine", choice.summary())));
    lines.add(line("model", model));
    opening
        .training()
        .ifPresent(
            training -> {
              lines.add(
                  line(
                      "parameters",
                      "encoder %,d, pooler and head %,d"
                          .formatted(opening.encoderParameters(), opening.headParameters())));
              lines.add(line("weights", opening.weights().summary()));
              lines.add(line("training", text(training)));
              if (!training.spec().classWeights().isEmpty()) {
                lines.add(line("", "class weights: " + weights(training.spec().classWeights())));
              }
              lines.add(line("memory", training.memory()));
            });
    return lines;
  }

  /** How it is trained, such as {@code 3 epochs, 300 steps of up to 32 sequences}. */
  static String text(Opening.Training training) {
    TrainingSettings settings = training.settings();
    return "%s, %,d steps of up to %s, learning rate %s, seed %d"
        .formatted(
            settings.epochs() == 1 ? "1 epoch" : settings.epochs() + " epochs",
            training.steps(),
            settings.batchSize(),
            settings.learningRate(),
            settings.seed());
  }

  private static String weights(Map<String, Double> weights) {
    return weights.entrySet().stream()
        .map(weight -> String.format(Locale.ROOT, "%s %.4g", weight.getKey(), weight.getValue()))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** What a split holds: rows, what was left out, label shares, what was cut. */
  public static List<String> lines(SplitSummary split) {
    List<String> lines = new ArrayList<>();
    SplitCounts counts = split.counts();
    String sizes = "%,d rows, %,d examples".formatted(counts.rows(), counts.examples());
    if (split.features() != counts.examples()) {
      sizes += ", %,d windows".formatted(split.features());
    }
    lines.add(line(split.name(), split.file() + ": " + sizes));
    counts.dropped().forEach(drop -> lines.add(line("", "left out by data.where: " + drop)));
    counts
        .limit()
        .ifPresent(
            limit -> lines.add(line("", "limit: only the first %,d were read".formatted(limit))));
    if (counts.inOtherPart() > 0) {
      lines.add(line("", "split: " + others(split)));
    }
    counts.skipped().forEach(skip -> lines.add(line("", "left out: " + skip)));
    counts.warnings().forEach(warning -> lines.add(line("", "warning: " + warning)));
    if (counts.notDrawn() > 0) {
      lines.add(
          line(
              "",
              "sample: %,d of %,d examples were not drawn"
                  .formatted(counts.notDrawn(), counts.notDrawn() + counts.examples())));
    }
    if (!split.labels().shares().isEmpty()) {
      lines.add(line("", "labels: " + shares(split.labels().shares())));
      majority(split).ifPresent(text -> lines.add(line("", text)));
    }
    lines.add(line("", "truncation: " + split.truncation()));
    return lines;
  }

  /** The training data are divided into what is trained on and what is validated on. */
  private static String others(SplitSummary split) {
    boolean training = split.name().equals(SplitName.TRAIN.toString());
    return "%,d more are %s"
        .formatted(
            split.counts().inOtherPart(),
            training ? "split off for validation" : "left for training");
  }

  /** What accuracy is to be held against, of splits whose every example has a label. */
  private static Optional<String> majority(SplitSummary split) {
    boolean training = split.name().equals(SplitName.TRAIN.toString());
    return training
            || !split.labels().exclusive()
            || split.labels().among() != split.counts().examples()
        ? Optional.empty()
        : split.labels().shares().entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(
                most ->
                    String.format(
                        Locale.ROOT,
                        "majority: always saying '%s' would have the accuracy %.4f",
                        most.getKey(),
                        most.getValue()));
  }

  /** Such as {@code yes 40.0 %, no 60.0 %}. */
  private static String shares(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .map(
            share ->
                String.format(Locale.ROOT, "%s %.1f %%", share.getKey(), 100 * share.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Such as {@code epoch 2: loss 0.6931, accuracy 0.8300 (best so far)}. */
  public static String line(RunListener.Evaluated evaluated) {
    String values = values(evaluated.result());
    return evaluated.step() == 0
        ? evaluated.split() + ": " + values
        : "%s: %s%s"
            .formatted(
                EvaluatedStep.name(evaluated.step(), evaluated.epochs()),
                values,
                evaluated.best() ? " (best so far)" : "");
  }

  private static String values(EvaluationResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("loss", result.loss());
    if (result.losses().size() > 1) {
      result.losses().forEach((name, loss) -> values.put(name + " loss", loss));
    }
    values.putAll(result.metrics());
    values.putAll(result.tuned());
    return values.entrySet().stream()
        .map(value -> value.getKey() + " " + text(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4f", number)
        : value.toString();
  }

  /** A line of the opening: what it is about, and the text. */
  public static String line(String name, Object text) {
    return LINE.formatted(name, text);
  }
}
