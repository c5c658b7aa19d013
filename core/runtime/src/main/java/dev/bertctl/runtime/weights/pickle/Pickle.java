// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import java.util.Map;

/**
 * What a pickle holds.
 *
 * @param value {@link PickleDict}, {@link PickleList}, {@link PickledTensor}, {@link NumpyArray},
 *     {@link PickledBytes}, String, Long, {@link java.math.BigInteger}, Double, Boolean, or
 *     something of which no more is known
 * @param storages all storages that it names, by their keys
 */
public record Pickle(Object value, Map<String, TensorStorage> storages) {

  /**
   * Reads one pickle; the cursor stands behind it afterwards. Time and memory are bounded by the
   * length of the pickle and by a number of operations that no weights need.
   *
   * @throws FileException if it is damaged
   * @throws UserException if it names anything but tensors, arrays and containers
   */
  public static Pickle read(FileCursor cursor) {
    return new PickleMachine(cursor).run();
  }
}
