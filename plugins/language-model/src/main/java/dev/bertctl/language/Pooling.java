// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/** What a text's embedding is made of. */
public enum Pooling {
  /** The first token, {@code [CLS]}. */
  CLS,
  /** The mean of all tokens, {@code [CLS]} and {@code [SEP]} among them. */
  MEAN,
  /** The largest of all tokens' values, in each dimension. */
  MAX,
  /** None: each token has an embedding. */
  TOKEN
}
