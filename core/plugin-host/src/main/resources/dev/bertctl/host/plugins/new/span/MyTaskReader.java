package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads rows of a question, a passage and the answer. */
record MyTaskReader(Column question, Column passage, Column answer)
    implements ExampleReader<MyTaskExample> {

  @Override
  public Stream<MyTaskExample> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .map(
            row ->
                new MyTaskExample(
                    row.location(),
                    row.columns(),
                    row.get(question),
                    row.get(passage),
                    // For prediction it may be missing, so it is not looked at.
                    purpose.labelled() ? Optional.of(gold(row)) : Optional.empty()));
  }

  private String gold(Row row) {
    String gold = row.get(answer).strip();
    if (gold.isEmpty() || !row.get(passage).contains(gold)) {
      throw new DataException(
          row.location(),
          "the answer '%s' is no part of the passage; copy it from there".formatted(gold));
    }
    return gold;
  }
}
