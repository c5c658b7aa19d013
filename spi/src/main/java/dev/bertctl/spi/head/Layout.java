// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

/**
 * What the rows of a head's output stand for. The host takes a batch's output apart by it and
 * removes the padding, so that a decoder sees a {@link dev.bertctl.spi.decode.Matrix} for each
 * feature.
 *
 * <p>For a batch of 2 features of at most 5 tokens, with 3 and 1 positions, and 7 columns, the
 * shapes are [2,7], [2,5,7], [2,C] and [4,7].
 */
public enum Layout {
  /** One row a feature: [B,columns], to a decoder [1,columns]. */
  PER_FEATURE,

  /** One row a token: [B,T,columns], to a decoder [T,columns]. */
  PER_TOKEN,

  /** One value a choice: [B,C], to a decoder [C,1]. */
  PER_CHOICE,

  /**
   * One row for each of the features' {@link dev.bertctl.spi.packing.Feature#positions()}, one
   * feature after the other: [M,columns], to a decoder [K,columns]; M is the sum of the features'
   * K.
   */
  PER_POSITION
}
