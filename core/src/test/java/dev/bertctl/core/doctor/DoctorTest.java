// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.host.plugins.InstalledPlugins;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.TensorFlowBuild;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.TensorFlowLibrary;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DoctorTest {

  @Test
  void aCheckThatFailsIsAProblemWithItsReason() {
    assertEquals(
        List.of(Finding.problem("memory", "cannot read it", new OtherCache())),
        Doctor.checked(
            "memory",
            () -> {
              throw new UserException("cannot read it", new OtherCache());
            }));
    assertEquals(
        List.of(
            new Finding(
                "memory",
                State.PROBLEM,
                "this could not be found out: java.lang.UnsatisfiedLinkError: no symbol",
                Optional.empty())),
        Doctor.checked(
            "memory",
            () -> {
              throw new UnsatisfiedLinkError("no symbol");
            }));
  }

  @Test
  void oneProblemIsTheGravestStateAndTheOthersAreSaidToo() {
    Supplier<InstalledPlugins> plugins =
        () -> {
          throw new UserException("no such folder");
        };
    List<Finding> findings = new ArrayList<>();

    State state = new Doctor(Path.of("plugins"), plugins, findings::add).examine();

    assertEquals(State.PROBLEM, state);
    List<String> names = findings.stream().map(Finding::name).toList();
    assertEquals(
        List.of(
            "Java",
            "processor",
            "memory",
            "cache",
            "models",
            "TensorFlow",
            "ONNX Runtime",
            "tokenizers"),
        names.subList(0, 8));
    assertEquals(
        new Finding("plugins", State.PROBLEM, "no such folder", Optional.empty()),
        findings.get(findings.size() - 1));
    assertTrue(
        findings.get(5).detail().startsWith(TensorFlowEngine.load() + " (line "),
        findings::toString);
  }

  @Test
  void aBuildOfTensorFlowIsDescribed() {
    TensorFlowBuild build = new TensorFlowBuild("2.16.1", "cu121", "linux-x86_64", null, List.of());
    assertEquals(
        "2.16.1 (line %s), built for CUDA (cu121), from native".formatted(TensorFlowLine.NAME),
        EngineChecks.tensorFlow(
            "2.16.1", new TensorFlowLibrary(Optional.of(build), Path.of("native"), true)));
    assertEquals(
        "2.18.0 (line %s), a library of your own, from own".formatted(TensorFlowLine.NAME),
        EngineChecks.tensorFlow(
            "2.18.0", new TensorFlowLibrary(Optional.empty(), Path.of("own"), true)));
  }
}
