// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sentence with its entities.
 *
 * @param entities the gold ones, if known
 */
record Sentence(Location location, String text, Optional<List<Entity>> entities)
    implements Example {

  @Override
  public Map<String, Object> columns() {
    return Map.of("text", text);
  }
}
