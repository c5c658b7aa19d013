// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One text or a pair with one number or several.
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param first the only text, or the first of the pair
 * @param second the second of the pair
 * @param numbers the gold numbers, if they are known
 */
record ScoredText(
    Location location,
    Map<String, Object> columns,
    String first,
    Optional<String> second,
    Optional<List<Double>> numbers)
    implements Example {

  Target target() {
    if (numbers.isEmpty()) {
      return Target.NONE;
    }
    float[] values = new float[numbers.get().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get().get(i).floatValue();
    }
    return Target.of(values);
  }
}
