// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceTest {

  @Test
  void devicesAreReadAndWritten() {
    assertEquals(new Device(Device.Kind.GPU, 0), Device.of("gpu"));
    for (String text : List.of("auto", "cpu", "gpu:0", "gpu:12")) {
      assertEquals(text, Device.of(text).toString());
    }
  }

  @Test
  void whatIsNoDeviceIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Device.of("gpu:"));
    assertEquals("must be auto, cpu, gpu or gpu:N with N from 0, not 'gpu:'", e.getMessage());
  }
}
