// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Two sentences and how much alike they are.
 *
 * @param score from 0, if known
 */
record ScoredPair(
    Location location,
    Map<String, Object> columns,
    String first,
    String second,
    OptionalDouble score)
    implements Example {}
