// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

  @Test
  void devicesAreReadAndWritten() {
    assertEquals(new Device(Device.Kind.GPU, 0, 100), Device.of("gpu"));
    for (String text : List.of("auto", "cpu", "gpu:0", "gpu:12", "gpu:1:5%", "gpu:0:99%")) {
      assertEquals(text, Device.of(text).toString());
    }
  }

  @Test
  void allOfAGpusMemoryIsTheDefault() {
    assertEquals(Device.of("gpu:1"), Device.of("gpu:1:100%"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu:", "gpu:0:", "gpu:0:0%", "gpu:0:101%", "gpu:0:50", "gpu:50%"})
  void whatIsNoDeviceIsRefused(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Device.of(text));
    assertEquals(
        "must be auto, cpu, gpu, gpu:N with N from 0, or gpu:N:P% of its memory, not '"
            + text
            + "'",
        e.getMessage());
  }
}
