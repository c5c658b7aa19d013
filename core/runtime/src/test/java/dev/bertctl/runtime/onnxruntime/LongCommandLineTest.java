// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A service with a long class path, as services have. */
class LongCommandLineTest {

  private static final int CHARACTERS = 100_000;

  @Test
  void theEngineLoadsInAThreadWithAUsualStack() throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    String none = File.pathSeparator + "no-such-folder/of-a-service";
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xss1m",
                "-Xlog:disable",
                "-cp",
                classPath + none.repeat((CHARACTERS - classPath.length()) / none.length()),
                LongCommandLineTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  /** The program. */
  public static void main(String[] args) {
    OnnxRuntimeEngine.load();
  }
}
