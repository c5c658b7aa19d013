// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.NvidiaDriver;
import dev.bertctl.runtime.tensorflow.Precision;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a GPU's units could do at its highest clock, by its architecture's white paper: operations a
 * second, of which a multiplication and an addition are two.
 */
final class GpuPeak {

  /** Operations a multiprocessor and cycle, dense, summed in float32: float32, TF32, float16. */
  private static final Map<String, int[]> BY_CAPABILITY =
      Map.of(
          "7.0", new int[] {128, 128, 1024},
          "7.5", new int[] {128, 128, 1024},
          "8.0", new int[] {128, 1024, 2048},
          "8.6", new int[] {256, 512, 1024},
          "8.9", new int[] {256, 512, 1024},
          "9.0", new int[] {256, 2048, 4096});

  private GpuPeak() {}

  /** Empty of a processor, and of a GPU that is not known. */
  static OptionalDouble operationsPerSecond(ComputeDevice device, Precision precision) {
    if (device.equals(ComputeDevice.CPU)) {
      return OptionalDouble.empty();
    }
    NvidiaDriver.Gpu gpu = NvidiaDriver.find().orElseThrow().gpus().get(device.gpu());
    int[] each = BY_CAPABILITY.get(gpu.computeCapability());
    if (each == null) {
      return OptionalDouble.empty();
    }
    int operations =
        switch (precision) {
          case FLOAT32 -> each[0];
          case TF32 -> each[1];
          case FLOAT16, BFLOAT16 -> each[2];
        };
    return OptionalDouble.of(1e3 * gpu.clock() * gpu.multiprocessors() * operations);
  }
}
