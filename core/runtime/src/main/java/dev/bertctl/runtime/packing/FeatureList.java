// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Feature;

/** The features of some examples, as they were packed, in the examples' order. */
public interface FeatureList {

  /** Number of features. */
  int size();

  /** A feature as it was packed. */
  Feature get(int index);

  /** The place of its example among the examples, from 0. */
  int example(int index);

  /** Tokens of its longest sequence. */
  int length(int index);

  /** Its number of sequences, C. */
  int sequences(int index);
}
