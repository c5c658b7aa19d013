// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.tensorflow.CudaSupport;
import dev.bertctl.runtime.tensorflow.NvidiaDriver;
import dev.bertctl.runtime.tensorflow.NvidiaDriver.Gpu;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.ArrayList;
import java.util.List;

/**
 * NVIDIA's GPUs. Nothing here is a problem: a run that is free to choose computes on the CPU where
 * no GPU can be used.
 */
final class GpuCheck {

  private static final String NAME = "GPU";
  private static final String DRIVER = "NVIDIA driver";
  private static final String LIBRARIES = "CUDA";
  private static final String ON_CPU = "runs compute on the CPU";

  private final GpuFacts facts;

  private GpuCheck(GpuFacts facts) {
    this.facts = facts;
  }

  /** Judges what is known of a machine. */
  static List<Finding> of(GpuFacts facts) {
    return new GpuCheck(facts).findings();
  }

  private List<Finding> findings() {
    List<Gpu> gpus = facts.driver().map(NvidiaDriver::gpus).orElse(List.of());
    if (gpus.isEmpty()) {
      return List.of(none());
    }
    if (!facts.cudaBuild()) {
      return List.of(
          Finding.note(
              NAME,
              "%s is not used: this build has no TensorFlow for CUDA; %s"
                  .formatted(described(gpus.get(0)), ON_CPU),
              new Advice(
                  "build with -Pcuda and have "
                      + TensorFlowLine.CUDA_NEEDS
                      + "; the driver runs CUDA up to "
                      + facts.driver().get().cuda())));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(driver(facts.driver().get().cuda()));
    findings.add(libraries());
    for (int i = 0; i < gpus.size(); i++) {
      findings.add(gpu(i, gpus.get(i)));
    }
    return findings;
  }

  private Finding none() {
    if (facts.driver().isEmpty() && facts.kernelModule()) {
      return Finding.note(
          NAME,
          "NVIDIA's driver is part of the kernel, but its library libcuda.so.1 is not found or does"
              + " not start; "
              + ON_CPU,
          new Advice(
              "give a container its GPUs, as by docker run --gpus all; else install the driver anew"));
    }
    String none = facts.driver().isPresent() ? "NVIDIA's driver has none" : "none";
    return facts.cudaBuild()
        ? Finding.note(
            NAME,
            "%s, though this build has TensorFlow for CUDA; %s".formatted(none, ON_CPU),
            new Advice("for a GPU, have " + TensorFlowLine.CUDA_NEEDS))
        : Finding.ok(NAME, none + ": " + ON_CPU);
  }

  private Finding driver(String cuda) {
    String detail = "runs CUDA up to " + cuda;
    String needed = facts.support().version();
    return facts.support().runsOn(cuda)
        ? Finding.ok(DRIVER, detail)
        : Finding.note(
            DRIVER,
            "%s, and TensorFlow is built for %s; the driver may be too old"
                .formatted(detail, needed),
            new Advice("install a driver for CUDA %s or newer".formatted(needed)));
  }

  private Finding libraries() {
    if (facts.librariesIncluded()) {
      return Finding.ok(LIBRARIES, "its libraries come with this build");
    }
    List<String> missing = facts.missingLibraries().get();
    return missing.isEmpty()
        ? Finding.ok(LIBRARIES, "its libraries are on this machine")
        : Finding.note(
            LIBRARIES,
            "libraries that are not found on this machine: %s; %s"
                .formatted(String.join(", ", missing), ON_CPU),
            new Advice(
                "install %s, and name the libraries' folder in LD_LIBRARY_PATH"
                    .formatted(TensorFlowLine.CUDA_NEEDS)));
  }

  /** A process can use one GPU: the first is the one that is tried. */
  private Finding gpu(int number, Gpu gpu) {
    String name = NAME + " " + number;
    CudaSupport.Code code = facts.support().codeFor(gpu.computeCapability());
    if (code == CudaSupport.Code.NONE) {
      return Finding.note(
          name,
          "%s is too old: TensorFlow has no code for it; %s".formatted(described(gpu), ON_CPU),
          new Advice(
              "use a GPU of compute capability %s or newer"
                  .formatted(facts.support().machineCode().get(0))));
    }
    String problem = number == 0 ? facts.computation().get() : "";
    if (!problem.isEmpty()) {
      return Finding.note(
          name,
          "%s cannot be used: %s; %s".formatted(described(gpu), problem, ON_CPU),
          new Advice("have " + TensorFlowLine.CUDA_NEEDS));
    }
    String detail = described(gpu) + (number == 0 ? ", has computed a sum" : ", not tried");
    return code == CudaSupport.Code.MACHINE
        ? Finding.ok(name, detail)
        : Finding.note(
            name,
            "%s; TensorFlow has not all machine code for it, and the driver compiles it at the first start, which may take minutes"
                .formatted(detail));
  }

  private static String described(Gpu gpu) {
    return "%s (compute capability %s, %s)"
        .formatted(gpu.name(), gpu.computeCapability(), Size.of(gpu.memory()));
  }
}
