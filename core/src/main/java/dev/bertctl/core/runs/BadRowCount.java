// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.BadRow;
import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.core.output.PredictionTarget.BadRowsFile;
import dev.bertctl.core.output.SavedPredictions;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the rows that cannot be used, and ends the prediction where there are too many. When it is
 * resumed, the input is read from its beginning, and rows of which no example can be made are met
 * again.
 */
final class BadRowCount {

  private static final String REASON = "bad rows";

  private final SavedPredictions<?, ?> files;
  private final Optional<BadRowsFile> target;
  private final long unreadBefore;
  private Optional<Location> first = Optional.empty();
  private long unread;
  private long unfit;

  BadRowCount(SavedPredictions<?, ?> files, Optional<BadRowsFile> target) {
    this.files = files;
    this.target = target;
    this.unreadBefore = files.state().badRows();
    this.unfit = files.badRows() - unreadBefore;
  }

  /** Whether there may be any. */
  boolean arePassedOver() {
    return target.isPresent();
  }

  /** Takes a row of which no example can be made. */
  void unread(BadRow row) {
    note(row.location());
    unread++;
    if (unread > unreadBefore) {
      keep(row);
    }
  }

  /** Rows of which no example could be made. */
  long unread() {
    return Math.max(unread, unreadBefore);
  }

  /** Takes an example that does not fit the model. */
  void unfit(BadRow row) {
    note(row.location());
    unfit++;
    keep(row);
  }

  private void note(Location location) {
    first = first.or(() -> Optional.of(location));
  }

  private void keep(BadRow row) {
    BadRowsFile file = target.orElseThrow();
    files.addBadRow(row.fields());
    if (files.badRows() > file.most()) {
      throw new UserException(
          new DataException(row.location(), row.reason()).getMessage()
              + "\nthis is one bad row more than the %,d that may be passed over; correct the input, or allow for more"
                  .formatted(file.most()));
    }
  }

  /**
   * What was read, with what was passed over.
   *
   * @param file where a bad row is that was passed over before the prediction was resumed
   */
  SplitCounts in(SplitCounts counts, Location file) {
    if (unread + unfit == 0) {
      return counts;
    }
    List<SplitCounts.Skip> skipped = new ArrayList<>(counts.skipped());
    skipped.add(
        new SplitCounts.Skip(
            "%s, which are in %s".formatted(REASON, target.orElseThrow().file()),
            unread + unfit,
            first.orElse(file)));
    return new SplitCounts(
        counts.examples() + unread,
        counts.dropped(),
        counts.examples() - unfit,
        skipped,
        counts.inOtherPart(),
        counts.notDrawn(),
        counts.limit(),
        counts.warnings());
  }
}
