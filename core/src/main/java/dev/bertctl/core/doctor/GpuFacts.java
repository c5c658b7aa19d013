// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.CudaLibraries;
import dev.bertctl.runtime.tensorflow.CudaSupport;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import dev.bertctl.runtime.tensorflow.NvidiaDriver;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What there is to know of GPUs.
 *
 * @param driver NVIDIA's; none where there is none, or where it does not start
 * @param kernelModule whether the system's kernel has NVIDIA's part loaded
 * @param cudaBuild whether this build of bertctl has a TensorFlow for CUDA
 * @param support what that is made for
 * @param librariesIncluded whether this build has CUDA's own libraries
 * @param missingLibraries which of CUDA's libraries this machine lacks; asked only where this build
 *     has none
 * @param computation computes something on the first GPU; the answer is empty, or why it fails
 */
record GpuFacts(
    Optional<NvidiaDriver> driver,
    boolean kernelModule,
    boolean cudaBuild,
    CudaSupport support,
    boolean librariesIncluded,
    Supplier<List<String>> missingLibraries,
    Supplier<String> computation) {

  private static final Path KERNEL_MODULE = Path.of("/proc/driver/nvidia/version");

  /**
   * Of this machine.
   *
   * @param tensorFlow whether TensorFlow is loaded
   */
  static GpuFacts ofThisMachine(boolean tensorFlow) {
    return new GpuFacts(
        NvidiaDriver.find(),
        Files.exists(KERNEL_MODULE),
        NativeLibraries.includeCuda(),
        TensorFlowLine.CUDA,
        CudaLibraries.areIncluded(),
        CudaLibraries::missingOnThisMachine,
        () -> tensorFlow ? new ComputeDevice(0, 100).problem() : "TensorFlow is not loaded");
  }
}
