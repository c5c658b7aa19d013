// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A pass over a split: its examples in the file's order, and in the end what was read.
 *
 * @param <X> an example
 */
public final class SplitReading<X extends Example> implements Iterator<X>, AutoCloseable {

  private final Split<X> split;
  private final Optional<SoundRows> sound;
  private final CountedFile file;
  private final Optional<PartOfFile> part;
  private final Skips dropped = new Skips();
  private final Skips skips = new Skips();
  private Stream<X> stream;
  private Iterator<X> examples;
  private final SplittableRandom random;
  private final double share;
  private Optional<X> next = Optional.empty();
  private long seen;
  private long others;
  private long taken;
  private long refused;

  SplitReading(Split<X> split) {
    this.split = split;
    this.sound = split.soundRows();
    this.file =
        new CountedFile(
            split.selection().where().on(sound.<DataFile>map(r -> r).orElse(split.data()), dropped),
            split.selection().limit());
    this.part = split.selection().part().map(one -> new PartOfFile(file, one));
    this.random = new SplittableRandom(split.selection().seed());
    this.share = split.selection().share().orElse(1);
    try {
      if (part.isPresent() && JoinedFiles.hasRows(file.format())) {
        askForLabels();
      }
      begin();
    } catch (RuntimeException e) {
      sound.ifPresent(SoundRows::close);
      throw e;
    }
  }

  /** Reads the first example: the reader then has asked for the column that labels are in. */
  private void askForLabels() {
    DataFile kept = split.selection().where().on(split.data(), new Skips());
    try (Stream<X> first = split.reader().read(kept, split.purpose(), (location, reason) -> {})) {
      first.iterator().hasNext();
    }
  }

  private void begin() {
    DataFile seenFile = part.<DataFile>map(rows -> rows).orElse(file);
    stream = split.reader().read(seenFile, split.purpose(), skips);
    examples = stream.iterator();
  }

  /**
   * Whether there is another example.
   *
   * @throws DataException if the data cannot be used, or there is not a single example
   */
  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !isFull() && hasNextExample()) {
      X example = examples.next();
      seen++;
      if (isOfOtherPart(example)) {
        others++;
      } else if (random.nextDouble() < share) {
        next = Optional.of(example);
        taken++;
      }
    }
    if (taken == 0) {
      throw new DataException(
          split.file(),
          "no example is left of %,d rows%s%s; give other data, or a larger %s"
              .formatted(
                  rows(),
                  dropped.describe("left out by data.where"),
                  skips.describe("left out"),
                  part.isPresent() ? "limit, sample or data.split" : "limit or sample"));
    }
    return next.isPresent();
  }

  /** Rows are divided before examples are made of them. */
  private boolean isOfOtherPart(X example) {
    return !file.givesRows()
        && split.selection().part().filter(own -> !own.has(example.location())).isPresent();
  }

  /** Where bad rows are passed over, the reader begins anew behind one that it refuses. */
  private boolean hasNextExample() {
    while (true) {
      try {
        return examples.hasNext();
      } catch (DataException e) {
        sound.orElseThrow(() -> e).passOver(e, seen + refused);
        refused++;
        begin();
      }
    }
  }

  @Override
  public X next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    X example = next.orElseThrow();
    next = Optional.empty();
    return example;
  }

  /** A cut through lines or through a document would be one through an example. */
  private boolean isFull() {
    return !file.givesRows() && seen >= split.selection().limit().orElse(Integer.MAX_VALUE);
  }

  private long rows() {
    return file.givesRows() ? file.rowsRead() + dropped.total() : seen + skips.total();
  }

  /** What was read so far. */
  public SplitCounts counts() {
    OptionalInt limit = split.selection().limit();
    boolean reached =
        limit.isPresent() && (file.givesRows() ? file.rowsRead() : seen) >= limit.getAsInt();
    return new SplitCounts(
        rows(),
        dropped.list(),
        taken,
        skips.list(),
        others + part.map(PartOfFile::others).orElse(0L),
        seen - others - taken,
        reached ? limit : OptionalInt.empty(),
        skips.warnings());
  }

  @Override
  public void close() {
    stream.close();
    sound.ifPresent(SoundRows::close);
  }
}
