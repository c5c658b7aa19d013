package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads rows of a text and its labels. */
record MyTaskReader(Column text, Column column, MyTaskLabels labels)
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
                    // For prediction they may be missing, so they are not looked at.
                    purpose.labelled()
                        ? Optional.of(labels.in(row, column))
                        : Optional.empty()));
  }
}
