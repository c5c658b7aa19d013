// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One part of a task's data, which may be larger than memory: it is read anew each time it is
 * needed.
 *
 * @param <X> an example
 */
public final class Split<X extends Example> {

  private final String name;
  private final DataFile data;
  private final ExampleReader<X> reader;
  private final Purpose purpose;
  private final Selection selection;
  private final Optional<Consumer<BadRow>> bad;

  /**
   * @param name what the user calls it: train, validation, test
   * @param data its files
   * @param reader the task's
   * @param purpose whether each example needs its gold label
   * @param selection which part is taken
   */
  public Split(
      String name, DataFile data, ExampleReader<X> reader, Purpose purpose, Selection selection) {
    this(name, data, reader, purpose, selection, Optional.empty());
  }

  private Split(
      String name,
      DataFile data,
      ExampleReader<X> reader,
      Purpose purpose,
      Selection selection,
      Optional<Consumer<BadRow>> bad) {
    this.name = name;
    this.data = data;
    this.reader = reader;
    this.purpose = purpose;
    this.selection = selection;
    this.bad = bad;
  }

  /**
   * The same, read past bad rows.
   *
   * @param taker takes them, and throws where there are too many
   */
  public Split<X> passingOver(Consumer<BadRow> taker) {
    return new Split<>(name, data, reader, purpose, selection, Optional.of(taker));
  }

  /** The files without bad rows, where they are passed over. */
  Optional<SoundRows> soundRows() {
    return bad.map(taker -> new SoundRows((JoinedFiles) data, taker));
  }

  /** What the user calls it: train, validation, test. */
  public String name() {
    return name;
  }

  /** Its files. */
  DataFile data() {
    return data;
  }

  /** The task's reader. */
  ExampleReader<X> reader() {
    return reader;
  }

  /** Whether each example needs its gold label. */
  public Purpose purpose() {
    return purpose;
  }

  /** Which part is taken. */
  Selection selection() {
    return selection;
  }

  /** Where it is read. */
  public Location file() {
    return data.location();
  }

  /**
   * Begins to read it.
   *
   * @throws dev.bertctl.spi.data.DataException if the data cannot be used
   */
  public SplitReading<X> open() {
    return new SplitReading<>(this);
  }

  /**
   * Reads it from beginning to end, and keeps nothing.
   *
   * @throws dev.bertctl.spi.data.DataException if the data cannot be used
   */
  public void readThrough() {
    try (SplitReading<X> reading = open()) {
      reading.forEachRemaining(example -> {});
    }
  }

  /**
   * All of its examples in memory.
   *
   * @param skips counts what the reader leaves out
   */
  public List<X> readAll(Skips skips) {
    List<X> examples = new ArrayList<>();
    try (SplitReading<X> reading = open()) {
      reading.forEachRemaining(examples::add);
      reading.counts().skipped().forEach(skips::add);
    }
    return examples;
  }
}
