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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Reads the splits of a configuration. One mapping of columns serves all of them, and some may be
 * of a form that has no columns.
 */
public final class Splits {

  private final TaskConfig<?> config;
  private final ColumnNames columns;

  /**
   * @param config which files, and how they are read
   */
  public Splits(TaskConfig<?> config) {
    this.config = config;
    this.columns = new ColumnNames(config.settings().data().columns());
  }

  /**
   * Reads a configured split, with its format, columns, limit and sample.
   *
   * @throws ConfigException if it has no file
   * @throws DataException if the data cannot be used
   */
  public <X extends Example> Split<X> read(
      SplitName name, ExampleReader<X> reader, Purpose purpose) {
    RunSettings.Data data = config.settings().data();
    DataFile file = open(name);
    Integer limit = data.limit().get(name);
    Double share = data.sample().get(name);
    Selection selection =
        new Selection(
            limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
            share == null ? OptionalDouble.empty() : OptionalDouble.of(share),
            config.settings().train().seed());
    return read(name.toString(), file, reader, purpose, selection);
  }

  /**
   * Checks, after the splits have been read, that each mapped column was looked for in one of them
   * at least: one that was not is most likely mistyped.
   *
   * @param known columns that may be mapped in any case
   * @throws ConfigException naming the first that was not
   */
  public void requireColumnsUsed(Set<String> known) {
    Optional<String> unused =
        columns.unused().stream().filter(column -> !known.contains(column)).findFirst();
    if (unused.isPresent()) {
      throw config.wrong(
          "data.columns." + unused.get(),
          columns.asked().isEmpty()
              ? "no columns are read from files of this form; leave it out"
              : "the task reads no such column; it reads: " + String.join(", ", columns.asked()));
    }
  }

  /**
   * Opens the file of a configured split.
   *
   * @throws ConfigException if it has none
   */
  public DataFile open(SplitName name) {
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
    // A cut through lines or through a document would be one through an example.
    LongPredicate full =
        count -> !counted.givesRows() && count >= selection.limit().orElse(Integer.MAX_VALUE);
    Skips skips = new Skips();
    SplittableRandom random = new SplittableRandom(selection.seed());
    double share = selection.share().orElse(1);
    List<X> examples = new ArrayList<>();
    long seen = 0;
    try (Stream<X> stream = reader.read(counted, purpose, skips)) {
      for (Iterator<X> iterator = stream.iterator(); !full.test(seen) && iterator.hasNext(); ) {
        X example = iterator.next();
        seen++;
        if (random.nextDouble() < share) {
          examples.add(example);
        }
      }
    }
    long rows = counted.givesRows() ? counted.rowsRead() : seen + skips.total();
    if (examples.isEmpty()) {
      throw new DataException(
          file.location(),
          "no example is left of %,d rows%s; give other data, or a larger limit or sample"
              .formatted(rows, skips.describe()));
    }
    return new Split<>(name, file.location(), examples, rows, skips.list());
  }
}
