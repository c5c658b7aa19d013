// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bertctl.runtime.tensorflow.CudaSupport;
import dev.bertctl.runtime.tensorflow.NvidiaDriver;
import dev.bertctl.runtime.tensorflow.NvidiaDriver.Gpu;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Machines that are made up. */
class GpuCheckTest {

  private static final CudaSupport SUPPORT =
      new CudaSupport("12.3", List.of("5.0", "8.0"), "9.0", List.of("libcudart.so.12"));
  private static final Gpu A100 = new Gpu("A100", "8.0", 42_500_000_000L, 108, 1_410_000);
  private static final Gpu H200 = new Gpu("H200", "9.0", 150_000_000_000L, 132, 1_980_000);
  private static final String NEEDS = TensorFlowLine.CUDA_NEEDS;

  @Test
  void aMachineWithoutAGpuComputesOnTheCpu() {
    assertEquals(
        List.of(Finding.ok("GPU", "none: runs compute on the CPU")),
        new Machine().withBuild(false).findings());
    assertEquals(
        List.of(
            Finding.note(
                "GPU",
                "none, though this build has TensorFlow for CUDA; runs compute on the CPU",
                new Advice("for a GPU, have " + NEEDS))),
        new Machine().findings());
    assertEquals(
        List.of(Finding.ok("GPU", "NVIDIA's driver has none: runs compute on the CPU")),
        new Machine().withDriver("12.4").withBuild(false).findings());
  }

  @Test
  void aDriverThatDoesNotStartIsNoted() {
    Machine machine = new Machine();
    machine.kernelModule = true;
    Finding finding = machine.only();
    assertEquals(State.NOTE, finding.state());
    assertEquals(
        "NVIDIA's driver is part of the kernel, but its library libcuda.so.1 is not found or does"
            + " not start; runs compute on the CPU",
        finding.detail());
  }

  @Test
  void aBuildForTheCpuLeavesTheGpuUnused() {
    assertEquals(
        List.of(
            Finding.note(
                "GPU",
                "A100 (compute capability 8.0, 42.5 GB) is not used: this build has no TensorFlow"
                    + " for CUDA; runs compute on the CPU",
                new Advice(
                    "build with -Pcuda and have " + NEEDS + "; the driver runs CUDA up to 12.4"))),
        new Machine().withDriver("12.4", A100).withBuild(false).findings());
  }

  @Test
  void aGpuThatComputesIsAsItShouldBe() {
    assertEquals(
        List.of(
            Finding.ok("NVIDIA driver", "runs CUDA up to 12.4"),
            Finding.ok("CUDA", "its libraries come with this build"),
            Finding.ok("GPU 0", "A100 (compute capability 8.0, 42.5 GB), has computed a sum"),
            Finding.ok("GPU 1", "A100 (compute capability 8.0, 42.5 GB), not tried")),
        new Machine().withDriver("12.4", A100, A100).findings());
  }

  @Test
  void forNewerGpusTheDriverCompiles() {
    Finding finding = new Machine().withDriver("12.4", H200).last();
    assertEquals(
        Finding.note(
            "GPU 0",
            "H200 (compute capability 9.0, 150.0 GB), has computed a sum; TensorFlow has not all"
                + " machine code for it, and the driver compiles it at the first start, which may"
                + " take minutes"),
        finding);
  }

  @Test
  void forOlderGpusThereIsNoCode() {
    Machine machine =
        new Machine().withDriver("12.4", new Gpu("K40", "3.5", 12_000_000_000L, 15, 745_000));
    machine.computation =
        () -> {
          throw new AssertionError("nothing to compute with");
        };
    assertEquals(
        Finding.note(
            "GPU 0",
            "K40 (compute capability 3.5, 12.0 GB) is too old: TensorFlow has no code for it; runs"
                + " compute on the CPU",
            new Advice("use a GPU of compute capability 5.0 or newer")),
        machine.last());
  }

  @Test
  void anOldDriverIsNoted() {
    Machine machine = new Machine().withDriver("11.8", A100);
    machine.computation = () -> "no GPU is seen";
    assertEquals(
        List.of(
            Finding.note(
                "NVIDIA driver",
                "runs CUDA up to 11.8, and TensorFlow is built for 12.3; the driver may be too old",
                new Advice("install a driver for CUDA 12.3 or newer")),
            Finding.ok("CUDA", "its libraries come with this build"),
            Finding.note(
                "GPU 0",
                "A100 (compute capability 8.0, 42.5 GB) cannot be used: no GPU is seen; runs"
                    + " compute on the CPU",
                new Advice("have " + NEEDS))),
        machine.findings());
  }

  @Test
  void librariesMayBeThoseOfTheMachine() {
    Machine machine = new Machine().withDriver("12.4", A100);
    machine.included = false;
    assertEquals(
        Finding.ok("CUDA", "its libraries are on this machine"), machine.findings().get(1));
    machine.missing = List.of("libcudart.so.12", "libcudnn.so.8");
    assertEquals(
        Finding.note(
            "CUDA",
            "libraries that are not found on this machine: libcudart.so.12, libcudnn.so.8; runs"
                + " compute on the CPU",
            new Advice("install " + NEEDS + ", and name the libraries' folder in LD_LIBRARY_PATH")),
        machine.findings().get(1));
  }

  /** Whatever this machine has, asking it works. */
  @Test
  void thisMachineIsAsked() {
    assertFalse(GpuCheck.of(GpuFacts.ofThisMachine(false)).isEmpty());
  }

  private static final class Machine {
    private Optional<NvidiaDriver> driver = Optional.empty();
    private boolean kernelModule;
    private boolean cudaBuild = true;
    private boolean included = true;
    private List<String> missing = List.of();
    private Supplier<String> computation = () -> "";

    Machine withDriver(String cuda, Gpu... gpus) {
      driver = Optional.of(new NvidiaDriver(cuda, List.of(gpus)));
      return this;
    }

    Machine withBuild(boolean cuda) {
      cudaBuild = cuda;
      return this;
    }

    List<Finding> findings() {
      return GpuCheck.of(
          new GpuFacts(
              driver, kernelModule, cudaBuild, SUPPORT, included, () -> missing, computation));
    }

    Finding only() {
      assertEquals(1, findings().size());
      return findings().get(0);
    }

    Finding last() {
      return findings().get(findings().size() - 1);
    }
  }
}
