// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text classification: which label does a text have, or a pair of texts, or which labels? Reads
 * csv, tsv and jsonl with the columns that usual data have, and lines that begin with labels.
 */
public final class TextClassificationPlugin implements TaskPlugin<TextClassificationOptions> {

  @Override
  public String name() {
    return "text-classification";
  }

  @Override
  public String summary() {
    return "Text classification: which label, or labels, does a text or a pair of texts have?";
  }

  @Override
  public Class<TextClassificationOptions> optionsType() {
    return TextClassificationOptions.class;
  }

  /** Where there are several labels a text, they may be columns of their own. */
  @Override
  public List<InputColumn> columns(TextClassificationOptions options) {
    List<InputColumn> columns = new ArrayList<>(KnownColumns.texts(options.textPair()));
    if (!options.multiLabel()) {
      columns.add(InputColumn.label(KnownColumns.LABEL));
    }
    return columns;
  }

  @Override
  public Map<String, Object> findOptions(TextClassificationOptions options, DataFile training) {
    DataFile rows = LineRows.of(training, options.lineLabels());
    Map<String, Object> found = new LinkedHashMap<>();
    if (options.textPair().isEmpty()) {
      found.put("text-pair", KnownColumns.arePairs(rows));
    }
    if (options.labels().isEmpty()) {
      KnownColumns texts = new KnownColumns(options.textPair());
      found.put(
          "labels",
          options.multiLabel()
              ? SeveralLabels.labelsIn(rows, texts, new LabelSets(options.labelSeparator()))
              : OneLabel.labelsIn(rows, texts));
    }
    return found;
  }

  @Override
  public Task<?, ?> create(TextClassificationOptions options) {
    List<String> names =
        options
            .labels()
            .orElseThrow(
                () ->
                    new OptionException(
                        "labels",
                        "must be given where there is no training data to find them in, in the order of the logits"));
    return options.multiLabel()
        ? SeveralLabels.task(options, new Labels(names))
        : OneLabel.task(options, new Labels(names));
  }
}
