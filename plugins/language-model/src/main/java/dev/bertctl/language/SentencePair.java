// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Two texts, and whether the second follows the first.
 *
 * @param location where it was read
 * @param columns the input's own columns
 * @param first the first text
 * @param second the second text
 * @param label 0 if the second follows the first, 1 if not; empty if not known
 */
record SentencePair(
    Location location, Map<String, Object> columns, String first, String second, OptionalInt label)
    implements Example {}
