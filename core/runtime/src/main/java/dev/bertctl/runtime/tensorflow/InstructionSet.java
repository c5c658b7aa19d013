// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Instruction sets of x86-64 that matrix products are written for, in oneDNN (which TensorFlow
 * uses) and in ONNX Runtime; each has what is before it.
 */
public enum InstructionSet {
  /** The oldest. */
  SSE41(Set.of("sse4_1"), "SSE41"),
  /** What TensorFlow is compiled for. */
  AVX(Set.of("avx"), "AVX"),
  /** 256 bits, products and sums in one. */
  AVX2(Set.of("avx2", "fma"), "AVX2", "AVX2_VNNI", "AVX2_VNNI_2"),
  /** 512 bits. */
  AVX512(Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq"), "AVX512_CORE"),
  /** Products of int8. */
  AVX512_VNNI(Set.of("avx512_vnni"), "AVX512_CORE_VNNI"),
  /** Products of bfloat16. */
  AVX512_BF16(Set.of("avx512_bf16"), "AVX512_CORE_BF16", "AVX512_CORE_FP16"),
  /** Products of matrices of int8 and bfloat16. */
  AMX(Set.of("amx_tile", "amx_int8", "amx_bf16"), "AVX512_CORE_AMX", "AVX512_CORE_AMX_FP16");

  private final Set<String> flags;
  private final Set<String> names;

  /**
   * @param flags that Linux gives a processor which has it
   * @param names what oneDNN calls it in {@code ONEDNN_MAX_CPU_ISA}
   */
  InstructionSet(Set<String> flags, String... names) {
    this.flags = flags;
    this.names = Set.of(names);
  }

  /**
   * The newest that a processor has; none where it has none of them.
   *
   * @param flags as Linux gives them in {@code /proc/cpuinfo}
   */
  public static Optional<InstructionSet> newest(Set<String> flags) {
    Optional<InstructionSet> newest = Optional.empty();
    for (InstructionSet set : values()) {
      if (!flags.containsAll(set.flags)) {
        break;
      }
      newest = Optional.of(set);
    }
    return newest;
  }

  /** The newest that oneDNN may take by its variable; none where that means no limit. */
  public static Optional<InstructionSet> limit(String variable) {
    for (InstructionSet set : values()) {
      if (set.names.contains(variable.toUpperCase(Locale.ROOT))) {
        return Optional.of(set);
      }
    }
    return Optional.empty();
  }

  /** As Linux writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
