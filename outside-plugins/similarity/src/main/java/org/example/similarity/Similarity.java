// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/** A predicted score; it may lie a little below 0 or above the highest. */
record Similarity(double score) implements Prediction {

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", score);
  }
}
