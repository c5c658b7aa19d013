// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.tensorflow.CpuInfo;
import dev.bertctl.runtime.tensorflow.InstructionSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorCheckTest {

  private static final String AVX2 = "sse4_1 avx avx2 fma";
  private static final String AVX512 = AVX2 + " avx512f avx512bw avx512vl avx512dq";
  private static final String BF16 = AVX512 + " avx512_vnni avx512_bf16";

  @ParameterizedTest
  @CsvSource({
    "sse4_1 avx, avx",
    "sse4_1 avx avx2, avx",
    AVX2 + ", avx2",
    AVX2 + " avx512f, avx2",
    AVX512 + ", avx512",
    AVX512 + " avx512_vnni, avx512_vnni",
    BF16 + ", avx512_bf16",
    BF16 + " amx_tile amx_int8 amx_bf16, amx",
    AVX2 + " amx_tile amx_int8 amx_bf16, avx2"
  })
  void theNewestInstructionSetThatIsThereAsAWholeIsTaken(String flags, String expected) {
    assertEquals(expected, InstructionSet.newest(info(1, flags).flags()).orElseThrow().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "avx512_core_bf16, AVX512_BF16",
    "AVX512_CORE_AMX, AMX",
    "AVX2_VNNI, AVX2",
    "SSE41, SSE41",
    "DEFAULT,",
    "AVX3,"
  })
  void theLimitIsInOneDnnsWords(String variable, InstructionSet expected) {
    assertEquals(Optional.ofNullable(expected), InstructionSet.limit(variable));
  }

  @Test
  void aContainerMayUseSomeOfTheProcessors() {
    assertEquals(
        Finding.ok("processor", "2 of 8 (Example 9000 @ 2 GHz: x), computing with avx2"),
        check(2, info(8, AVX2), Optional.empty()));
    assertEquals(
        Finding.ok("processor", "8 (Example 9000 @ 2 GHz: x), computing with avx512_bf16"),
        check(8, info(8, BF16), Optional.of("ALL")));
  }

  @Test
  void aLimitBelowWhatIsThereIsANote() {
    assertEquals(
        Finding.note(
            "processor",
            "8 (Example 9000 @ 2 GHz: x), computing with avx512_bf16, but TensorFlow with no"
                + " more than avx2: ONEDNN_MAX_CPU_ISA=AVX2",
            new Advice("unset ONEDNN_MAX_CPU_ISA unless it is meant so")),
        check(8, info(8, BF16), Optional.of("AVX2")));
    assertEquals(State.OK, check(8, info(8, AVX2), Optional.of("AVX512_CORE")).state());
  }

  @Test
  void withoutAvxTensorFlowWouldCrash() {
    CpuInfo old = info(4, "sse4_1 sse4_2");
    Finding finding = check(4, old, Optional.empty());
    assertTrue(old.lacksAvx());
    assertEquals(State.PROBLEM, finding.state());
    assertEquals(
        "4 (Example 9000 @ 2 GHz: x), without AVX, which TensorFlow's library is compiled" + " for",
        finding.detail());
    assertEquals(State.NOTE, check(4, info(4, "sse4_1 avx"), Optional.empty()).state());
  }

  /** Processors of ARM have other lines, and other systems no such file. */
  @Test
  void othersAreCounted() {
    CpuInfo arm =
        CpuInfo.parse("processor\t: 0\nFeatures\t: fp asimd\n\nprocessor\t: 1\nFeatures\t: fp\n");
    assertEquals(
        Finding.ok("processor", "2 (aarch64)"),
        ProcessorCheck.of(2, "aarch64", Optional.of(arm), Optional.of("AVX2")));
    assertEquals(
        Finding.ok("processor", "10 (aarch64)"),
        ProcessorCheck.of(10, "aarch64", Optional.empty(), Optional.empty()));
  }

  private static Finding check(int available, CpuInfo info, Optional<String> limit) {
    return ProcessorCheck.of(available, "amd64", Optional.of(info), limit);
  }

  private static CpuInfo info(int processors, String flags) {
    return CpuInfo.parse(
        "processor\t: 0\nmodel name\t: Example 9000 @ 2 GHz: x\nflags\t\t: %s\nbugs\t:\n\n"
            .formatted(flags)
            .repeat(processors));
  }
}
