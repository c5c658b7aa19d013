// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** How a protocol asks for a prediction, and what it answers. */
interface Form {

  /** The body of a request. */
  String request(String id, String text);

  /**
   * The probabilities in a response, by label.
   *
   * @throws WrongAnswerException if it is none, or the answer to another request
   */
  Map<String, Double> probabilities(String id, String text, Buffer response)
      throws WrongAnswerException;

  /** The form of a name: native or tei. */
  static Form of(String name) {
    return switch (name) {
      case "native" -> new NativeForm();
      case "tei" -> new TeiForm();
      default ->
          throw new IllegalArgumentException(
              "no form '%s'; there are native and tei".formatted(name));
    };
  }
}
