// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.Location;
import java.util.List;

/**
 * A record of a table as it stands in the file.
 *
 * @param location its first line
 * @param values its cells
 */
record Cells(Location location, List<String> values) {}
