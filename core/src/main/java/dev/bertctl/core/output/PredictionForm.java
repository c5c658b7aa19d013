// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How predictions are written into a file. Until it is complete the file only grows at its end, so
 * that one which was cut off can be gone on with.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
interface PredictionForm<X extends Example, P extends Prediction> {

  /**
   * What an example adds.
   *
   * @param place its place among the examples, from 0
   */
  byte[] part(X example, P prediction, long place) throws IOException;

  /**
   * What is written behind the last example.
   *
   * @param places how many examples there were
   */
  default byte[] end(long places) {
    return new byte[0];
  }

  /**
   * What else must be known of the file so far in order to go on with it; {@link #recall} is told
   * it.
   */
  default String memo() {
    return "";
  }

  /** Goes on with a file of which there is a memo. */
  default void recall(String memo) {}

  /**
   * Makes the file that takes the target's name.
   *
   * @param grown the file with all of its parts and its end; it stays as it is until the target is
   *     in its place, except for what this method can do again
   * @return the file, which is on the same disk; {@code grown} itself where nothing is left to do
   */
  default Path complete(Path grown) throws IOException {
    return grown;
  }
}
