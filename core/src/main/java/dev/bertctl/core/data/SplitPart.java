// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.Location;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * One of the two parts that {@code data.split} makes of the training data. Which rows are in it
 * depends on nothing but the data, the share and the seed.
 *
 * @param validation whether it is the part to validate on, or the other
 * @param share how much of the data is to validate on, above 0 and below 1
 * @param seed decides which rows those are
 */
public record SplitPart(boolean validation, double share, long seed) {

  /** Begins to draw the rows of this part. */
  StratifiedDraw draw() {
    return new StratifiedDraw(share, seed);
  }

  /**
   * Whether what was read at a place is in this part, in files without rows. It is the place that
   * decides, as tasks leave out other examples of the one part than of the other.
   */
  boolean has(Location location) {
    int name = Path.of(location.file()).getFileName().toString().hashCode();
    long place = seed + ((long) name << Integer.SIZE) + location.line();
    return new SplittableRandom(place).nextDouble() < share == validation;
  }
}
