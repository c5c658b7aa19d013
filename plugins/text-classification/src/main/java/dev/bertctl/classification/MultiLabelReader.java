// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.data.TextColumns;
import dev.bertctl.spi.data.TextRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads texts with any number of labels. Where labels are needed, rows that are marked as without
 * gold labels, and those that {@link TextRows} passes over, are left out and counted; a row with no
 * label at all is an example.
 *
 * @param lines how lines of text begin with labels
 * @param texts finds the columns of a row's texts
 * @param sets reads the labels
 * @param labels the known labels
 */
record MultiLabelReader(
    Optional<LineLabels> lines, KnownColumns texts, LabelSets sets, Labels labels)
    implements ExampleReader<MultiLabelText> {

  @Override
  public Stream<MultiLabelText> read(DataFile file, Purpose purpose, Skipped skipped) {
    return new TextRows(texts, gold())
        .read(LineRows.of(file, lines), purpose, skipped)
        .map(row -> example(row, purpose))
        .filter(example -> !purpose.labelled() || keep(example, skipped));
  }

  private List<Column> gold() {
    return Stream.concat(Stream.of(KnownColumns.LABEL), LabelSets.columns(labels).stream())
        .toList();
  }

  private MultiLabelText example(Row row, Purpose purpose) {
    TextColumns found = texts.apply(row);
    return new MultiLabelText(
        row.location(),
        // Training writes no columns, and half a million rows of them would fill the memory.
        purpose == Purpose.TRAINING ? Map.of() : row.columns(),
        found.first(row),
        found.second(row),
        purpose.labelled() ? labelsOf(row) : Optional.empty());
  }

  private Optional<List<Integer>> labelsOf(Row row) {
    return LabelSets.areColumns(row, labels)
        ? LabelSets.ofColumns(row, labels)
        : sets.indices(row, KnownColumns.LABEL, labels);
  }

  private static boolean keep(MultiLabelText example, Skipped skipped) {
    if (example.labels().isEmpty()) {
      skipped.count(example.location(), "no gold label");
      return false;
    }
    return TextRows.hasText(example.location(), example.first(), example.second(), skipped);
  }
}
