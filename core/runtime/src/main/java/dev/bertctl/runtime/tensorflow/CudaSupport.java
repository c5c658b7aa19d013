// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.util.Comparator;
import java.util.List;

/**
 * What the build of TensorFlow for CUDA that a line has was made for.
 *
 * @param version of CUDA, as 12.3: the least that the driver has to run
 * @param machineCode the compute capabilities that it has all machine code for, as 8.0; that for
 *     8.0 runs on 8.6 too, but not on 9.0
 * @param ptx the newest compute capability that it has intermediate code for, which the driver
 *     compiles for newer GPUs
 * @param libraries names of CUDA's and cuDNN's libraries that it looks for
 */
public record CudaSupport(
    String version, List<String> machineCode, String ptx, List<String> libraries) {

  /** In which form there is code for a GPU. */
  public enum Code {
    /** Runs as it is. */
    MACHINE,
    /** The driver compiles it when it is first used, which may take minutes, and keeps it. */
    INTERMEDIATE,
    /** There is none. */
    NONE
  }

  static final Comparator<String> BY_NUMBERS =
      Comparator.comparingInt(CudaSupport::major).thenComparingInt(CudaSupport::minor);

  /** Copies the lists. */
  public CudaSupport {
    machineCode = List.copyOf(machineCode);
    libraries = List.copyOf(libraries);
  }

  /**
   * The code for a GPU.
   *
   * @param capability its compute capability, as 9.0
   */
  public Code codeFor(String capability) {
    if (machineCode.stream()
        .anyMatch(
            code ->
                major(code) == major(capability) && BY_NUMBERS.compare(code, capability) <= 0)) {
      return Code.MACHINE;
    }
    return BY_NUMBERS.compare(ptx, capability) <= 0 ? Code.INTERMEDIATE : Code.NONE;
  }

  /**
   * Whether a driver is new enough.
   *
   * @param cuda the newest version of CUDA that it runs, as 12.4
   */
  public boolean runsOn(String cuda) {
    return BY_NUMBERS.compare(version, cuda) <= 0;
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }
}
