// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {

  private static final Set<String> ZEN_4 =
      Set.of(
          "sse4_1",
          "avx",
          "avx2",
          "fma",
          "avx512f",
          "avx512bw",
          "avx512vl",
          "avx512dq",
          "avx512_vnni",
          "avx512_bf16");

  @Test
  void float32IsAlwaysOfUse() {
    assertEquals(Optional.empty(), Precision.FLOAT32.onGpu(gpu("3.5")));
    assertEquals(Optional.empty(), Precision.FLOAT32.onProcessor(Set.of(), false));
  }

  @Test
  void bfloat16NeedsInstructionsForIt() {
    assertEquals(Optional.empty(), Precision.BFLOAT16.onProcessor(ZEN_4, true));
    assertEquals(
        Optional.of("this processor has no instructions for it (avx512_bf16 or amx)"),
        Precision.BFLOAT16.onProcessor(Set.of("sse4_1", "avx"), true));
    assertTrue(
        Precision.BFLOAT16
            .onProcessor(ZEN_4, false)
            .orElseThrow()
            .endsWith("does not multiply it faster than float32"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "TF32"})
  void otherFormatsAreRefusedOnProcessors(Precision precision) {
    UserException e =
        assertThrows(UserException.class, () -> precision.requireUseful(ComputeDevice.CPU));
    assertEquals(
        "precision '%s' cannot be used: processors multiply it no faster than float32; set precision: float32"
            .formatted(precision),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16, 7.0, 6.1", "TF32, 8.0, 7.5", "TF32, 10.0, 7.5"})
  void gpusNeedUnitsForAFormat(Precision precision, String enough, String tooOld) {
    assertEquals(Optional.empty(), precision.onGpu(gpu(enough)));
    assertTrue(
        precision
            .onGpu(gpu(tooOld))
            .orElseThrow()
            .startsWith("Toy has compute capability " + tooOld + ", and it is of use from "));
  }

  @Test
  void whatNoDriverDescribesIsNotObjectedTo() {
    assertEquals(Optional.empty(), Precision.FLOAT16.onGpu(Optional.empty()));
  }

  @Test
  void bfloat16IsForProcessors() {
    assertEquals(
        Optional.of("TensorFlow turns to it on processors alone; on GPUs float16 is as fast"),
        Precision.BFLOAT16.onGpu(gpu("9.0")));
  }

  private static Optional<NvidiaDriver.Gpu> gpu(String capability) {
    return Optional.of(new NvidiaDriver.Gpu("Toy", capability, 1L << 33, 16, 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "tf32", "float16", "bfloat16"})
  void namesAreThoseOfTheFormats(String name) {
    assertEquals(name, Precision.of(name).toString());
  }

  @Test
  void anotherNameIsRefused() {
    assertEquals(
        "must be float32, bfloat16, float16 or tf32, not 'half'",
        assertThrows(IllegalArgumentException.class, () -> Precision.of("half")).getMessage());
  }
}
