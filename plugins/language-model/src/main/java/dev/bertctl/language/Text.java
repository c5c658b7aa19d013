// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A text, or a pair of texts, without a label: the line {@code Paris is nice.} is one.
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param first the only text, or the first of the pair
 * @param second the second of the pair
 */
record Text(Location location, Map<String, Object> columns, String first, Optional<String> second)
    implements Example {

  /** The one text, or both. */
  List<String> texts() {
    return Stream.concat(Stream.of(first), second.stream()).toList();
  }
}
