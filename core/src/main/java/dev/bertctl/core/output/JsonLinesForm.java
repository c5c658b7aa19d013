// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON lines: a row for each example.
 *
 * @param layout what a row has
 */
record JsonLinesForm<X extends Example, P extends Prediction>(RowLayout layout)
    implements PredictionForm<X, P> {

  /** NaN stays what Python wrote into the input. */
  static final ObjectMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  @Override
  public byte[] part(X example, P prediction, long place) throws IOException {
    return line(layout.row(example, prediction));
  }

  /** A value as a line of JSON. */
  static byte[] line(Object value) throws IOException {
    return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
