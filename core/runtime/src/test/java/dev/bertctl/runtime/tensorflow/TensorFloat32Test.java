// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The switch is there without a GPU, too. */
class TensorFloat32Test {

  @Test
  void isTurnedOffAndOn() {
    TensorFlowEngine.load();
    boolean before = TensorFloat32.isAllowed();
    try {
      assertTrue(TensorFloat32.allow(false));
      assertFalse(TensorFloat32.isAllowed());
      assertTrue(TensorFloat32.allow(true));
      assertTrue(TensorFloat32.isAllowed());
    } finally {
      TensorFloat32.allow(before);
    }
  }
}
