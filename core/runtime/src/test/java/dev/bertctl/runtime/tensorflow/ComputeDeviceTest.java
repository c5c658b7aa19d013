// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComputeDeviceTest {

  @Test
  void cpuIsTheCpu() {
    assertEquals(ComputeDevice.CPU, ComputeDevice.of(Device.of("cpu")));
    assertEquals("cpu", ComputeDevice.CPU.toString());
  }

  @Test
  void aBuildForCudaIsKnownByItsLibraries(@TempDir Path folder) throws IOException {
    ClassLoader own = ComputeDevice.class.getClassLoader();
    Path lib = Files.createDirectories(folder.resolve("native/lib"));
    Files.writeString(
        lib.resolve("tensorflow.properties"), "version=2.7.0\nclassifier=cu113-linux-x86_64\n");
    try (URLClassLoader both = new URLClassLoader(new URL[] {folder.toUri().toURL()}, own)) {
      assertTrue(NativeLibraries.includeCuda(both));
    }
    Files.writeString(lib.resolve("tensorflow.properties"), "classifier=cpu-linux-x86_64\n");
    try (URLClassLoader cpu = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      assertFalse(NativeLibraries.includeCuda(cpu));
    }
  }

  @Test
  void buildWithoutCudaTakesTheCpuOnlyWhereNoGpuWasAskedFor() {
    TensorFlowEngine.load();
    assumeFalse(
        ai.djl.engine.Engine.getEngine("TensorFlow").toString().contains("-cu1"), "built for CUDA");
    assertEquals(ComputeDevice.CPU, ComputeDevice.of(Device.of("auto")));
    UserException e = assertThrows(UserException.class, () -> ComputeDevice.of(Device.of("gpu:1")));
    assertEquals(
        "device 'gpu:1' cannot be used: this build has no CUDA library. Build with -Pcuda, or set device: cpu",
        e.getMessage());
  }
}
