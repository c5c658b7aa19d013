package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads rows of words and tags. */
record MyTaskReader(Column text, Column tags, Labels labels)
    implements ExampleReader<MyTaskExample> {

  @Override
  public Stream<MyTaskExample> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows().map(row -> example(row, purpose));
  }

  private MyTaskExample example(Row row, Purpose purpose) {
    String words = row.get(text).strip().replaceAll("\\s+", " ");
    // For prediction tags may be missing, so they are not looked at.
    Optional<List<Integer>> gold = purpose.labelled() ? Optional.of(gold(row)) : Optional.empty();
    MyTaskExample example = new MyTaskExample(row.location(), row.columns(), words, gold);
    gold.filter(all -> all.size() != example.words())
        .ifPresent(
            all -> {
              throw new DataException(
                  row.location(),
                  "%d tags for %d words; give each word one".formatted(all.size(), example.words()));
            });
    return example;
  }

  private List<Integer> gold(Row row) {
    return Arrays.stream(row.get(tags).strip().split("\\s+"))
        .map(
            tag ->
                labels
                    .index(tag, row.location())
                    .orElseThrow(
                        () -> new DataException(row.location(), "no tag; give each word one")))
        .toList();
  }
}
