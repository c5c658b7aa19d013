// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowBuildTest {

  @TempDir private Path folder;

  @Test
  void ofBuildsWithFilesOfTheSameNamesEachHasItsOwn() throws IOException {
    URL cuda = jar("cuda", "cu121-linux-x86_64");
    URL cpu = jar("cpu", "cpu-linux-x86_64");
    URL windows = jar("windows", "cpu-win-x86_64");
    try (URLClassLoader classes =
        new URLClassLoader(new URL[] {windows, cpu, cuda}, ClassLoader.getPlatformClassLoader())) {
      List<TensorFlowBuild> builds = TensorFlowBuild.ofDjl(classes, "linux-x86_64");
      assertEquals(List.of("cpu", "cu121"), builds.stream().map(TensorFlowBuild::flavor).toList());
      assertEquals(List.of("libcc.so.2", "libjni.so"), builds.get(0).files());
      for (TensorFlowBuild build : builds) {
        assertEquals(build.flavor().equals("cpu") ? "cpu" : "cuda", read(build.file("libjni.so")));
      }
      assertEquals("cu121", TensorFlowBuild.fitting(builds, true).orElseThrow().flavor());
      assertEquals("cpu", TensorFlowBuild.fitting(builds, false).orElseThrow().flavor());
      assertEquals(
          "windows-x86_64",
          TensorFlowBuild.ofDjl(classes, "windows-x86_64").get(0).platform(),
          "as JavaCPP calls it");
    }
  }

  @Test
  void whereThereIsButOneBuildItIsTaken() {
    TensorFlowBuild cuda = new TensorFlowBuild("1", "cu121", "linux-x86_64", null, List.of());
    assertEquals(Optional.of(cuda), TensorFlowBuild.fitting(List.of(cuda), false));
    assertTrue(TensorFlowBuild.fitting(List.of(), true).isEmpty());
  }

  @Test
  void theBuildForTheCpuIsWhatItIsSaidToBe() {
    TensorFlowBuild build =
        TensorFlowLine.builds(getClass().getClassLoader()).stream()
            .filter(candidate -> !candidate.isCuda())
            .findFirst()
            .orElseThrow();
    assertTrue(build.version().startsWith(TensorFlowEngine.load()), build.version());
  }

  /** A folder as a jar of DJL's is within; its library holds the folder's name. */
  private URL jar(String name, String classifier) throws IOException {
    Path lib = Files.createDirectories(folder.resolve(name).resolve("native/lib"));
    Files.writeString(
        lib.resolve("tensorflow.properties"),
        "version=2.16.1\nclassifier=%s\nlibraries=LICENSE,libcc.so.2,libjni.so\n"
            .formatted(classifier));
    Files.writeString(lib.resolve("libjni.so"), name);
    return folder.resolve(name).toUri().toURL();
  }

  private static String read(URL file) throws IOException {
    try (var content = file.openStream()) {
      return new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
