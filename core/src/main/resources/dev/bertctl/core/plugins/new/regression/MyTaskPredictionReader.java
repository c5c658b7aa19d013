package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.List;
import java.util.stream.Stream;

/** Reads predictions as they are written: a row an example, in the examples' order. */
final class MyTaskPredictionReader implements PredictionReader<MyTaskExample, MyTaskPrediction> {

  private static final Column PREDICTED = Column.named("predicted");

  @Override
  public List<MyTaskPrediction> read(DataFile file, List<MyTaskExample> gold, Skipped skipped) {
    try (Stream<Row> rows = file.rows()) {
      List<MyTaskPrediction> all = rows.map(MyTaskPredictionReader::prediction).toList();
      if (all.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d examples; give one for each".formatted(all.size(), gold.size()));
      }
      return all;
    }
  }

  private static MyTaskPrediction prediction(Row row) {
    return new MyTaskPrediction(MyTaskNumber.in(row, PREDICTED));
  }
}
