// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.ElementType;
import java.nio.file.Path;

/** Types of floats in which weights are found. */
final class FloatTypes {

  private FloatTypes() {}

  /** Refuses floats of 8 bits: they need scales that stand elsewhere. */
  static void requireReadable(Path file, String weight, ElementType type) {
    if (type.bytes() == 1) {
      throw new UserException(
          file
              + ": weight "
              + weight
              + " is stored as "
              + type
              + "; bertctl reads F64, F32, F16 and BF16: save the model in one of them");
    }
  }
}
