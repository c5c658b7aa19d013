// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.decode.GlueSubmission;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.TextPacking;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Regression: which number, or numbers, does a text have, or a pair of texts? Reads STS-B as it is
 * distributed, and csv, tsv and jsonl.
 */
public final class RegressionPlugin implements TaskPlugin<RegressionOptions> {

  @Override
  public String name() {
    return "regression";
  }

  @Override
  public String summary() {
    return "Regression: which number, or numbers, does a text or a pair of texts have?";
  }

  @Override
  public Class<RegressionOptions> optionsType() {
    return RegressionOptions.class;
  }

  @Override
  public List<InputColumn> columns(RegressionOptions options) {
    List<InputColumn> columns = new ArrayList<>(KnownColumns.texts(options.textPair()));
    numbers(options).stream().map(InputColumn::number).forEach(columns::add);
    return columns;
  }

  @Override
  public Map<String, Object> findOptions(RegressionOptions options, DataFile training) {
    return options.textPair().isPresent()
        ? Map.of()
        : Map.of("text-pair", KnownColumns.arePairs(LineRows.of(training, Optional.empty())));
  }

  @Override
  public Task<ScoredText, NumbersPrediction> create(RegressionOptions options) {
    List<String> targets = checked(options.targets().orElse(List.of()));
    List<Column> columns = numbers(options);
    Task<ScoredText, NumbersPrediction> task =
        Task.of(
                new ScoredTextReader(new KnownColumns(options.textPair()), columns),
                packing(new TextPacking(options.truncation())),
                new RegressionHead(targets),
                (example, output) -> NumbersPrediction.of(targets, output.logits()))
            .scoredBy(
                new RegressionMetric(columns.stream().map(Column::name).toList(), options.goal()),
                GlueSubmission.reader((row, example) -> NumbersPrediction.read(row, targets)))
            .viewedBy(Views::of)
            .predicting(NumbersPrediction.fields(targets));
    return columns.size() == 1 ? task.writing(GlueSubmission.of(NumbersPrediction::text)) : task;
  }

  private static List<Column> numbers(RegressionOptions options) {
    return options
        .targets()
        .map(targets -> targets.stream().map(target -> Column.named(target)).toList())
        .orElse(List.of(KnownColumns.SCORE));
  }

  private static InputPacking<ScoredText> packing(TextPacking texts) {
    return (example, packer) ->
        List.of(
            Feature.of(
                texts.sequence(example.first(), example.second(), packer), example.target()));
  }

  private static List<String> checked(List<String> targets) {
    if (new HashSet<>(targets).size() != targets.size()) {
      throw new OptionException("targets", "names a column twice: " + targets);
    }
    return targets;
  }
}
