package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Reads rows of a text and its number. */
record MyTaskReader(Column text, Column number) implements ExampleReader<MyTaskExample> {

  @Override
  public Stream<MyTaskExample> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .map(
            row ->
                new MyTaskExample(
                    row.location(),
                    row.columns(),
                    row.get(text),
                    // For prediction it may be missing, so it is not looked at.
                    purpose.labelled()
                        ? OptionalDouble.of(MyTaskNumber.in(row, number))
                        : OptionalDouble.empty()));
  }
}
