// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.data.TextRows;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.GlueSubmission;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.decode.ThresholdDecoder;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.ClassificationGoal;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.metric.ThresholdTuner;
import dev.bertctl.spi.packing.TextPacking;
import java.util.List;
import java.util.stream.Stream;

/** The task where each text has one label. */
final class OneLabel {

  private static final List<Double> USUAL = List.of(0.5);

  private OneLabel() {}

  static Task<LabelledText, Classification> task(TextClassificationOptions options, Labels labels) {
    ClassificationGoal goal =
        options.goal().map(Goal::ofOneLabel).orElse(ClassificationGoal.ACCURACY);
    LabelledTextReader texts =
        new LabelledTextReader(new KnownColumns(options.textPair()), KnownColumns.LABEL, labels);
    ExampleReader<LabelledText> reader =
        (file, purpose, skipped) ->
            texts.read(LineRows.of(file, options.lineLabels()), purpose, skipped);
    Task<LabelledText, Classification> task =
        Task.of(
                reader,
                new TextPacking(options.truncation()),
                new ClassifierHead(labels.names()),
                decoder(options, labels))
            .scoredBy(new ClassificationMetric(labels, goal), new ClassificationReader(labels))
            .writing(GlueSubmission.of(predicted -> labels.name(predicted.label())))
            .predicting(PredictionField.OF_CLASSIFICATION);
    return options.tuneThreshold() ? task.tunedBy(new ThresholdTuner(goal)) : task;
  }

  private static Decoder<LabelledText, Classification> decoder(
      TextClassificationOptions options, Labels labels) {
    if (labels.size() > 2) {
      require(options.threshold().equals(USUAL), "threshold", labels);
      require(!options.tuneThreshold(), "tune-threshold", labels);
      return (example, output) -> Classification.of(labels, output.logits());
    }
    if (options.threshold().size() != 1) {
      throw new OptionException(
          "threshold",
          "has %d values; give one, for the positive label".formatted(options.threshold().size()));
    }
    return new ThresholdDecoder(labels, options.threshold().get(0));
  }

  private static void require(boolean unused, String option, Labels labels) {
    if (!unused) {
      throw new OptionException(
          option,
          "of %d labels the most probable is predicted, and no threshold decides; leave it out"
              .formatted(labels.size()));
    }
  }

  /** The labels of training data. */
  static List<String> labelsIn(DataFile file, KnownColumns texts) {
    FoundLabels found = new FoundLabels(file.location());
    try (Stream<Row> rows =
        new TextRows(texts, List.of(KnownColumns.LABEL))
            .read(file, Purpose.TRAINING, (location, reason) -> {})) {
      rows.forEach(row -> found.add(LabelledTextReader.labelOf(row, KnownColumns.LABEL)));
    }
    return found.inOrder();
  }
}
