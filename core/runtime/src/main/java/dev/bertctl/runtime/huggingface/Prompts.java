// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that a model was trained to see before other texts, such as {@code "query: "}.
 *
 * @param texts by name, in the order of the model's file
 * @param usual the name of the one that is put before texts unless another is asked for
 * @param pooled whether a prompt's tokens count for a text's vector
 */
public record Prompts(Map<String, String> texts, Optional<String> usual, boolean pooled) {

  /** Those of a model that has none. */
  public static final Prompts NONE = new Prompts(Map.of(), Optional.empty(), true);

  /** Keeps the texts' order. */
  public Prompts {
    texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }
}
