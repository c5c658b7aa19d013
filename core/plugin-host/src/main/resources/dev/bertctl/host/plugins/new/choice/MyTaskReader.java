package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads rows of a text, its choices and the right one's number. */
record MyTaskReader(Column text, List<Column> choices, Column label)
    implements ExampleReader<MyTaskExample> {

  @Override
  public Stream<MyTaskExample> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .map(
            row ->
                new MyTaskExample(
                    row.location(),
                    row.columns(),
                    row.get(text),
                    choices.stream().map(row::get).toList(),
                    // For prediction it may be missing, so it is not looked at.
                    purpose.labelled() ? OptionalInt.of(gold(row)) : OptionalInt.empty()));
  }

  private int gold(Row row) {
    String number = row.get(label).strip();
    for (int choice = 0; choice < choices.size(); choice++) {
      if (number.equals(Integer.toString(choice))) {
        return choice;
      }
    }
    throw new DataException(
        row.location(),
        "the right choice is '%s'; give a number from 0 to %d"
            .formatted(number, choices.size() - 1));
  }
}
