// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.BadRow;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.output.DropUnfinished;
import dev.bertctl.core.output.PredictionState;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The examples that are still to be predicted for: behind those that were before, of which it
 * checks that they are the same, and, where bad rows are passed over, without those that do not fit
 * the model.
 *
 * @param <X> an example
 */
final class FittingExamples<X extends Example> implements Iterator<X> {

  private final SplitReading<X> reading;
  private final ExamplePacker<X> packer;
  private final BadRowCount bad;
  private final CRC32C sum = new CRC32C();
  private Optional<X> next = Optional.empty();
  private long read;
  private long sumBeforeNext;

  /**
   * @param begun how far the prediction is
   * @throws UserException if the input does not begin as it did then
   */
  FittingExamples(
      SplitReading<X> reading,
      Location file,
      ExamplePacker<X> packer,
      BadRowCount bad,
      PredictionState begun) {
    this.reading = reading;
    this.packer = packer;
    this.bad = bad;
    while (read < begun.read() && reading.hasNext()) {
      take();
    }
    if (read < begun.read() || sum.getValue() != begun.checksum()) {
      throw new UserException(
          "%s: the first %,d examples are not those that the unfinished prediction was made for; give the same input"
              .formatted(file, begun.read()),
          new DropUnfinished());
    }
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && reading.hasNext()) {
      sumBeforeNext = sum.getValue();
      X example = take();
      if (fits(example)) {
        next = Optional.of(example);
      }
    }
    return next.isPresent();
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

  private X take() {
    X example = reading.next();
    read++;
    String text = example.location().line() + " " + example.columns() + "\n";
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return example;
  }

  private boolean fits(X example) {
    if (!bad.arePassedOver()) {
      return true;
    }
    try {
      packer.requireFitting(example);
      return true;
    } catch (DataException e) {
      bad.unfit(new BadRow(e.location(), e.problem(), example.columns()));
      return false;
    }
  }

  /**
   * How far the prediction is.
   *
   * @param truncation what was cut of the examples that are done
   */
  PredictionState state(TruncationSummary truncation) {
    return new PredictionState(
        next.isPresent() ? read - 1 : read,
        next.isPresent() ? sumBeforeNext : sum.getValue(),
        bad.unread(),
        truncation);
  }
}
