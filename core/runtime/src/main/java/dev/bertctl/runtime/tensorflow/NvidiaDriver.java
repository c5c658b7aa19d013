// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * NVIDIA's driver of this machine: what it says by CUDA's driver API, which comes with it and needs
 * nothing else of CUDA.
 *
 * @param cuda the newest version of CUDA that it runs, as 12.3
 * @param gpus its GPUs, by number
 */
public record NvidiaDriver(String cuda, List<Gpu> gpus) {

  private static final int NAME_BYTES = 256;
  private static final int CLOCK_RATE = 13;
  private static final int MULTIPROCESSOR_COUNT = 16;
  private static final int COMPUTE_CAPABILITY_MAJOR = 75;
  private static final int COMPUTE_CAPABILITY_MINOR = 76;

  /**
   * A GPU.
   *
   * @param name as its maker calls it
   * @param computeCapability as 9.0
   * @param memory bytes
   * @param multiprocessors how many it has
   * @param clock of the multiprocessors at most, in kHz
   */
  public record Gpu(
      String name, String computeCapability, long memory, int multiprocessors, int clock) {

    /**
     * Whether it can do what GPUs can from a compute capability on.
     *
     * @param capability as 8.0
     */
    public boolean isAtLeast(String capability) {
      return CudaSupport.BY_NUMBERS.compare(computeCapability, capability) >= 0;
    }
  }

  /** Copies the list. */
  public NvidiaDriver {
    gpus = List.copyOf(gpus);
  }

  /** The driver; none where there is none, or where it does not start. */
  public static Optional<NvidiaDriver> find() {
    return NativeLibraries.withJna(NvidiaDriver::ask);
  }

  private static Optional<NvidiaDriver> ask() {
    try (NativeLibrary driver = NativeLibrary.getInstance("libcuda.so.1")) {
      if (call(driver, "cuInit", 0) != 0) {
        return Optional.empty();
      }
      IntByReference number = new IntByReference();
      call(driver, "cuDriverGetVersion", number);
      String cuda = number.getValue() / 1000 + "." + number.getValue() % 1000 / 10;
      call(driver, "cuDeviceGetCount", number);
      List<Gpu> gpus = new ArrayList<>();
      for (int i = 0; i < number.getValue(); i++) {
        gpus.add(gpu(driver, i));
      }
      return Optional.of(new NvidiaDriver(cuda, gpus));
    } catch (UnsatisfiedLinkError e) {
      // What is asked here is whether there is one.
      return Optional.empty();
    }
  }

  private static Gpu gpu(NativeLibrary driver, int index) {
    IntByReference device = new IntByReference();
    call(driver, "cuDeviceGet", device, index);
    LongByReference bytes = new LongByReference();
    call(driver, "cuDeviceTotalMem_v2", bytes, device.getValue());
    try (Memory name = new Memory(NAME_BYTES)) {
      name.clear();
      call(driver, "cuDeviceGetName", name, NAME_BYTES, device.getValue());
      return new Gpu(
          name.getString(0, StandardCharsets.UTF_8.name()),
          attribute(driver, COMPUTE_CAPABILITY_MAJOR, device)
              + "."
              + attribute(driver, COMPUTE_CAPABILITY_MINOR, device),
          bytes.getValue(),
          attribute(driver, MULTIPROCESSOR_COUNT, device),
          attribute(driver, CLOCK_RATE, device));
    }
  }

  private static int attribute(NativeLibrary driver, int attribute, IntByReference device) {
    IntByReference value = new IntByReference();
    call(driver, "cuDeviceGetAttribute", value, attribute, device.getValue());
    return value.getValue();
  }

  private static int call(NativeLibrary driver, String function, Object... arguments) {
    return driver.getFunction(function).invokeInt(arguments);
  }
}
