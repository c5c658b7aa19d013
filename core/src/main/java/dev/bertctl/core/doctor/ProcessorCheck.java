// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.tensorflow.CpuInfo;
import dev.bertctl.runtime.tensorflow.InstructionSet;
import java.util.Optional;

/** The processors, and the instruction set that computations take. */
final class ProcessorCheck {

  private static final String NAME = "processor";

  /** oneDNN's own variable. */
  private static final String LIMIT = "ONEDNN_MAX_CPU_ISA";

  private ProcessorCheck() {}

  static Finding ofThisProcess() {
    return of(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        CpuInfo.ofThisMachine(),
        Optional.ofNullable(System.getenv(LIMIT)));
  }

  /**
   * Judges processors.
   *
   * @param available how many this process may use, by a container's limits too
   * @param architecture as Java calls it
   * @param info what Linux says; none elsewhere
   * @param limit {@code ONEDNN_MAX_CPU_ISA}, where it is set
   */
  static Finding of(
      int available, String architecture, Optional<CpuInfo> info, Optional<String> limit) {
    String count =
        available
            + info.filter(machine -> machine.processors() > available)
                .map(machine -> " of " + machine.processors())
                .orElse("")
            + " (%s)".formatted(info.flatMap(CpuInfo::model).orElse(architecture));
    return info.filter(machine -> !machine.flags().isEmpty())
        .map(machine -> ofX86(count, machine, limit))
        .orElseGet(() -> Finding.ok(NAME, count));
  }

  private static Finding ofX86(String count, CpuInfo info, Optional<String> limit) {
    if (info.lacksAvx()) {
      return Finding.problem(
          NAME,
          count + ", without AVX, which TensorFlow's library is compiled for",
          new Advice(
              "use a processor with AVX; a virtual machine has it if it is given the host's processor"));
    }
    InstructionSet newest = InstructionSet.newest(info.flags()).orElse(InstructionSet.AVX);
    Optional<InstructionSet> lower =
        limit.flatMap(InstructionSet::limit).filter(most -> most.compareTo(newest) < 0);
    String detail = "%s, computing with %s".formatted(count, newest);
    if (lower.isPresent()) {
      return Finding.note(
          NAME,
          "%s, but TensorFlow with no more than %s: %s=%s"
              .formatted(detail, lower.get(), LIMIT, limit.get()),
          new Advice("unset " + LIMIT + " unless it is meant so"));
    }
    return newest.compareTo(InstructionSet.AVX2) < 0
        ? Finding.note(NAME, detail + "; with AVX2 it would take less than half the time")
        : Finding.ok(NAME, detail);
  }
}
