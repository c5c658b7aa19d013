// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuInfoTest {

  @ParameterizedTest
  @CsvSource({
    "flags: fpu avx2 fma vpclmulqdq, false",
    "flags: fpu avx2 avx_vnni, true",
    "flags: fpu avx2 avx512f avx512_vnni, true",
    "flags: fpu avx2 xavx512_vnnix, false",
    "Features: fp asimd asimddp, false",
  })
  void vnniIsWhatEitherFlagSays(String line, boolean vnni) {
    assertEquals(vnni, CpuInfo.parse(line.replace(":", "\t\t:")).hasVnni());
  }
}
