// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.tensorflow.CudaSupport.Code;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaSupportTest {

  private static final CudaSupport SUPPORT =
      new CudaSupport("12.3", List.of("5.0", "7.0", "8.6"), "8.0", List.of());

  /** By NVIDIA's rules: machine code for the same major number, intermediate code for all newer. */
  @ParameterizedTest
  @CsvSource({
    "3.7, NONE",
    "5.0, MACHINE",
    "5.2, MACHINE",
    "6.1, NONE",
    "7.5, MACHINE",
    "8.0, INTERMEDIATE",
    "8.6, MACHINE",
    "8.9, MACHINE",
    "9.0, INTERMEDIATE",
    "12.0, INTERMEDIATE"
  })
  void codeIsForAGpu(String capability, Code code) {
    assertEquals(code, SUPPORT.codeFor(capability));
  }

  @ParameterizedTest
  @CsvSource({"11.8, false", "12.2, false", "12.3, true", "12.10, true", "13.0, true"})
  void aDriverIsNewEnough(String cuda, boolean enough) {
    assertEquals(enough, SUPPORT.runsOn(cuda));
  }

  @Test
  void theLineHasNoMachineCodeForTheNewestGpus() {
    assertEquals(Code.MACHINE, TensorFlowLine.CUDA.codeFor("8.6"));
    assertEquals(Code.INTERMEDIATE, TensorFlowLine.CUDA.codeFor("9.0"));
    assertEquals(Code.NONE, TensorFlowLine.CUDA.codeFor("3.0"));
  }

  @Test
  void whatTheMachineLacksIsAskedOfIt() {
    List<String> missing = CudaLibraries.missingOnThisMachine();
    assertTrue(TensorFlowLine.CUDA.libraries().containsAll(missing), missing::toString);
    assertFalse(NvidiaDriver.find().isEmpty() && missing.isEmpty(), "CUDA without a driver");
  }
}
