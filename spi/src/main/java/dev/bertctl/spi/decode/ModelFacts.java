// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

/** The model's architecture. That of bert-base has 12 layers, H = 768, A = 12, 512 tokens. */
public interface ModelFacts {

  /** {@return the number of encoder layers} */
  int layers();

  /** {@return the hidden size H} */
  int hiddenSize();

  /** {@return the number of attention heads A} */
  int heads();

  /** {@return the most tokens that a sequence can have} */
  int maxTokens();
}
