// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A task's own JSON: one object with an entry for each example, indented.
 *
 * @param content makes the entries
 */
record JsonObjectForm<X extends Example, P extends Prediction>(
    OutputFile.Content.Json<X, P> content) implements PredictionForm<X, P> {

  private static final ObjectMapper INDENTING =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String BEGIN = "{";
  private static final String END = "\n}";

  /** An object with this entry alone, less its end, and less its beginning where another's is. */
  @Override
  public byte[] part(X example, P prediction, long place) throws IOException {
    Map.Entry<String, Object> entry = content.entry().apply(example, prediction);
    String object = INDENTING.writeValueAsString(Map.of(entry.getKey(), entry.getValue()));
    String text = object.substring(BEGIN.length(), object.length() - END.length());
    return ((place == 0 ? BEGIN : ",") + text).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] end(long places) {
    return (places == 0 ? BEGIN + END : END).getBytes(StandardCharsets.UTF_8);
  }
}
