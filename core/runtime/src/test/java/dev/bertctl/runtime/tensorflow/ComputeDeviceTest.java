// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bertctl.runtime.UserException;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {

  @Test
  void cpuIsTheCpu() {
    assertEquals(ComputeDevice.CPU, ComputeDevice.of(Device.of("cpu")));
    assertEquals("cpu", ComputeDevice.CPU.toString());
  }

  @Test
  void whereThereIsNoGpuTensorFlowSaysSo() {
    TensorFlowEngine.load();
    assumeTrue(NvidiaDriver.find().isEmpty(), "NVIDIA's driver is here");
    String problem = new ComputeDevice(0, 100).problem();
    assertTrue(problem.contains("/device:GPU:0"), problem);
  }

  @Test
  void buildWithoutCudaTakesTheCpuOnlyWhereNoGpuWasAskedFor() {
    TensorFlowEngine.load();
    assumeFalse(NativeLibraries.includeCuda(), "built for CUDA");
    assertEquals(ComputeDevice.CPU, ComputeDevice.of(Device.of("auto")));
    UserException e = assertThrows(UserException.class, () -> ComputeDevice.of(Device.of("gpu:1")));
    assertEquals(
        "device 'gpu:1' cannot be used: this build has no CUDA library. Build with -Pcuda, or set device: cpu",
        e.getMessage());
  }
}
