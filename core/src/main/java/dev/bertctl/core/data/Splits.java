// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.config.ConfigException;
import dev.bertctl.core.config.RunSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Reads splits. */
public final class Splits {

  private Splits() {}

  /**
   * Reads a configured split, with its format, columns, limit and sample.
   *
   * @throws ConfigException if it has no file, or a column is mapped that the task does not read
   * @throws DataException if the data cannot be used
   */
  public static <X extends Example> Split<X> read(
      SplitName name, TaskConfig<?> config, ExampleReader<X> reader, Purpose purpose) {
    RunSettings.Data data = config.settings().data();
    ColumnNames columns = new ColumnNames(data.columns());
    DataFile file = open(name, config, columns);
    Integer limit = data.limit().get(name);
    Double share = data.sample().get(name);
    Selection selection =
        new Selection(
            limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
            share == null ? OptionalDouble.empty() : OptionalDouble.of(share),
            config.settings().train().seed());
    Split<X> split = read(name.toString(), file, reader, purpose, selection);
    if (purpose.labelled() && !columns.unused().isEmpty()) {
      throw config.wrong(
          "data.columns." + columns.unused().iterator().next(),
          "the task reads no such column; it reads: " + String.join(", ", columns.asked()));
    }
    return split;
  }

  /**
   * Opens the file of a configured split.
   *
   * @throws ConfigException if it has none
   */
  public static DataFile open(SplitName name, TaskConfig<?> config) {
    return open(name, config, new ColumnNames(config.settings().data().columns()));
  }

  private static DataFile open(SplitName name, TaskConfig<?> config, ColumnNames columns) {
    RunSettings.Data data = config.settings().data();
    Path path =
        name.file(data)
            .orElseThrow(
                () -> config.wrong("data." + name, "no file is given for this split; name one"));
    if (!Files.exists(path)) {
      throw config.wrong("data." + name, "no such file: " + path);
    }
    return DataFiles.local(
        path, Optional.ofNullable(data.format().get(name)), config.plugin().usualFormat(), columns);
  }

  /**
   * Reads a split.
   *
   * @param name what the user calls it
   * @param file its data
   * @param reader the task's
   * @param purpose whether each example needs its gold label
   * @param selection which part is taken
   * @throws DataException if the data cannot be used, or nothing of it is left
   */
  public static <X extends Example> Split<X> read(
      String name, DataFile file, ExampleReader<X> reader, Purpose purpose, Selection selection) {
    CountedFile counted = new CountedFile(file, selection.limit());
    Skips skips = new Skips();
    SplittableRandom random = new SplittableRandom(selection.seed());
    double share = selection.share().orElse(1);
    List<X> examples = new ArrayList<>();
    long seen = 0;
    try (Stream<X> stream = reader.read(counted, purpose, skips)) {
      Stream<X> limited = counted.limitExamples(stream);
      for (Iterator<X> iterator = limited.iterator(); iterator.hasNext(); ) {
        X example = iterator.next();
        seen++;
        if (random.nextDouble() < share) {
          examples.add(example);
        }
      }
    }
    long rows = counted.hasRows() ? counted.rowsRead() : seen + skips.total();
    if (examples.isEmpty()) {
      throw new DataException(
          file.location(),
          "no example is left of %,d rows%s; give other data, or a larger limit or sample"
              .formatted(rows, skips.describe()));
    }
    return new Split<>(name, file.location(), examples, rows, skips.list());
  }
}
