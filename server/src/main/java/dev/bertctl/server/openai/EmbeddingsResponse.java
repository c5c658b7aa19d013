// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is answered.
 *
 * @param object {@code list}
 * @param data a vector for each input, in their order
 * @param model the model's name
 * @param usage how many tokens it took
 */
record EmbeddingsResponse(String object, List<Item> data, String model, Usage usage) {

  /**
   * The vector of an input.
   *
   * @param object {@code embedding}
   * @param embedding numbers, or their bytes in base64 (float32, little-endian)
   * @param index the input's place in the request
   */
  record Item(String object, Object embedding, int index) {}

  /**
   * Tokens, special ones included.
   *
   * @param promptTokens of all inputs
   * @param totalTokens the same: nothing is generated
   */
  record Usage(
      @JsonProperty("prompt_tokens") long promptTokens,
      @JsonProperty("total_tokens") long totalTokens) {}
}
