// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.data.TextRows;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.TextPacking;
import java.util.List;
import java.util.stream.Stream;

/** The task where a text may have any number of labels. */
final class SeveralLabels {

  private static final Column PREDICTED =
      Column.named("predicted", "prediction", "labels", "label");

  private SeveralLabels() {}

  static Task<MultiLabelText, MultiLabelPrediction> task(
      TextClassificationOptions options, Labels labels) {
    LabelSets sets = new LabelSets(options.labelSeparator());
    Goal goal = options.goal().map(Goal::ofSeveral).orElse(Goal.MICRO_F1);
    Task<MultiLabelText, MultiLabelPrediction> task =
        Task.of(
                new MultiLabelReader(
                    options.lineLabels(), new KnownColumns(options.textPair()), sets, labels),
                packing(new TextPacking(options.truncation()), labels.size()),
                new MultiLabelHead(labels.names()),
                SigmoidDecoder.of(labels, options.threshold()))
            .scoredBy(new MultiLabelMetric(labels, goal), predictions(sets, labels))
            .viewedBy(Views::of)
            .predicting(MultiLabelPrediction.FIELDS);
    return options.tuneThreshold() ? task.tunedBy(new MultiLabelTuner(labels.size())) : task;
  }

  private static InputPacking<MultiLabelText> packing(TextPacking texts, int labels) {
    return (example, packer) ->
        List.of(
            Feature.of(
                texts.sequence(example.first(), example.second(), packer), example.target(labels)));
  }

  private static PredictionReader<MultiLabelText, MultiLabelPrediction> predictions(
      LabelSets sets, Labels labels) {
    return PredictionReader.ofRows(
        (row, example) ->
            new MultiLabelPrediction(
                labels,
                sets.indices(row, PREDICTED, labels)
                    .orElseThrow(
                        () ->
                            new DataException(
                                row.location(),
                                "no predicted labels; give a list, which may be empty")),
                List.of()));
  }

  /** The labels of training data, where they stand in lists or texts. */
  static List<String> labelsIn(DataFile file, KnownColumns texts, LabelSets sets) {
    FoundLabels found = new FoundLabels(file.location());
    try (Stream<Row> rows =
        new TextRows(texts, List.of(KnownColumns.LABEL))
            .read(file, Purpose.TRAINING, (location, reason) -> {})) {
      rows.forEach(row -> sets.names(row, KnownColumns.LABEL).forEach(found::add));
    }
    return found.inOrder();
  }
}
