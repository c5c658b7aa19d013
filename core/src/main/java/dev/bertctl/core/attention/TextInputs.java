// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Truncation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Texts, and pairs of texts, for models without a task: lines, or one or two columns of rows. Of a
 * pair that is too long the longer text is cut first.
 */
public final class TextInputs extends AttentionInputs {

  private final DataFile data;
  private final List<String> columns;
  private final int limit;
  private final Consumer<String> notice;

  /**
   * @param data lines of text, or rows
   * @param columns one or two columns of the rows to read; told from the first row if empty
   * @param limit how many rows or lines are taken, from the first
   * @param notice is told which columns are read
   */
  public TextInputs(DataFile data, List<String> columns, int limit, Consumer<String> notice) {
    this.data = data;
    this.columns = List.copyOf(columns);
    this.limit = limit;
    this.notice = notice;
  }

  @Override
  Read read(List<SequencePacker> packers, Consumer<PackedInput> sink) {
    if (data.format() == Format.CONLL) {
      throw new DataException(
          data.location(),
          "is a word a line; a model without a task reads rows, or lines of text (format text)");
    }
    try (Stream<Text> texts = data.format() == Format.TEXT ? lines() : rows()) {
      Iterator<Text> each = texts.iterator();
      int taken = 0;
      for (; taken < limit && each.hasNext(); taken++) {
        Text text = each.next();
        List<Sequence> sequences =
            packers.stream().map(packer -> sequence(packer, text.texts())).toList();
        sink.accept(new PackedInput(text.location().toString(), sequences));
      }
      if (taken == 0) {
        throw new DataException(data.location(), "holds no text");
      }
      return new Read(taken, each.hasNext());
    }
  }

  private static Sequence sequence(SequencePacker packer, List<String> texts) {
    return texts.size() == 1
        ? packer.single(packer.tokenize(texts.get(0)))
        : packer.pair(
            packer.tokenize(texts.get(0)), packer.tokenize(texts.get(1)), Truncation.LONGEST_FIRST);
  }

  private Stream<Text> lines() {
    return data.lines()
        .filter(line -> !line.text().isBlank())
        .map(line -> new Text(line.location(), List.of(line.text())));
  }

  private Stream<Text> rows() {
    List<String> read = new ArrayList<>(columns);
    return data.rows()
        .map(
            row -> {
              if (read.isEmpty()) {
                read.addAll(TextColumnChoice.of(row));
                notice.accept(
                    read.size() == 1
                        ? "column '%s' is read".formatted(read.get(0))
                        : "columns '%s' and '%s' are read as a pair"
                            .formatted(read.get(0), read.get(1)));
              }
              return new Text(row.location(), read.stream().map(name -> text(row, name)).toList());
            });
  }

  private static String text(Row row, String column) {
    Object value = row.columns().get(column);
    if (value == null) {
      throw new DataException(
          row.location(),
          "no text in column '%s'; the row has: %s"
              .formatted(column, String.join(", ", row.columns().keySet())));
    }
    return Row.text(row.location(), column, value);
  }

  /**
   * A text, or a pair.
   *
   * @param location where it was read
   * @param texts one or two
   */
  private record Text(Location location, List<String> texts) {}
}
