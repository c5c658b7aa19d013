// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.List;

/**
 * A prediction that is a vector, or several (one a token): written as .npy on request.
 *
 * <p>{@code record Embedding(float[] values)} has {@code List.of(values)}; the file for 3 texts is
 * float32 [3,H], a row for each vector in the order of the examples.
 */
@FunctionalInterface
public interface Vectors {

  /** {@return the vectors, [H] each} */
  List<float[]> vectors();
}
