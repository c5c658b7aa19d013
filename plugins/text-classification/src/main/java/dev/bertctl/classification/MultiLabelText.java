// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One text or a pair with any number of labels.
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param first the only text, or the first of the pair
 * @param second the second of the pair
 * @param labels indices of the gold labels, rising, if they are known
 */
record MultiLabelText(
    Location location,
    Map<String, Object> columns,
    String first,
    Optional<String> second,
    Optional<List<Integer>> labels)
    implements Example {

  /** For each of so many labels 1 if it applies, and else 0. */
  Target target(int count) {
    if (labels.isEmpty()) {
      return Target.NONE;
    }
    float[] applies = new float[count];
    labels.get().forEach(label -> applies[label] = 1);
    return Target.of(applies);
  }
}
