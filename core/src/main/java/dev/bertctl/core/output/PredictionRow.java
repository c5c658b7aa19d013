// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.util.LinkedHashMap;
import java.util.Map;

/** A prediction as a row. */
public final class PredictionRow {

  private PredictionRow() {}

  /** The input's columns, then the prediction, whose fields replace columns of their names. */
  public static Map<String, Object> of(Example example, Prediction prediction) {
    Map<String, Object> fields = new LinkedHashMap<>(example.columns());
    fields.putAll(prediction.fields());
    return fields;
  }
}
