package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads predictions as they are written: a row an example, in the examples' order. */
final class MyTaskPredictionReader
    implements PredictionReader<MyTaskExample, MyTaskPrediction> {

  private static final Column PREDICTED = Column.named("predicted");

  @Override
  public List<MyTaskPrediction> read(DataFile file, List<MyTaskExample> gold, Skipped skipped) {
    try (Stream<Row> stream = file.rows()) {
      List<Row> rows = stream.toList();
      if (rows.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d examples; give one for each".formatted(rows.size(), gold.size()));
      }
      return IntStream.range(0, rows.size())
          .mapToObj(place -> prediction(rows.get(place), gold.get(place)))
          .toList();
    }
  }

  private static MyTaskPrediction prediction(Row row, MyTaskExample example) {
    List<String> tags = List.of(row.get(PREDICTED).split(" "));
    if (tags.size() != example.words()) {
      throw new DataException(
          row.location(),
          "%d tags for %d words; give each word one".formatted(tags.size(), example.words()));
    }
    return new MyTaskPrediction(tags);
  }
}
