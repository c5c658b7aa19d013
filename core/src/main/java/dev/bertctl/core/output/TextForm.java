// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.charset.StandardCharsets;

/**
 * A task's own text.
 *
 * @param content makes it
 */
record TextForm<X extends Example, P extends Prediction>(OutputFile.Content.Text<X, P> content)
    implements PredictionForm<X, P> {

  @Override
  public byte[] part(X example, P prediction, long place) {
    String part = content.part().of(example, prediction, place);
    return (place == 0 ? content.header() + part : part).getBytes(StandardCharsets.UTF_8);
  }

  /** Of no examples there is the header. */
  @Override
  public byte[] end(long places) {
    return (places == 0 ? content.header() : "").getBytes(StandardCharsets.UTF_8);
  }
}
