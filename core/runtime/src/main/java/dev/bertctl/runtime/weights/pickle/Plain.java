// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

/** Values of a pickle of which no more is known. */
enum Plain {
  /** Python's None. */
  NONE,
  /** What holds no weights: devices, NumPy's scalars, long texts. */
  OTHER
}
