// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A machine that the native library does not load on, played in a process of its own. */
class MissingLibraryTest {

  @Test
  void saysWhichMachinesTheLibraryIsBuiltFor() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dos.arch=riscv64",
                "-cp",
                System.getProperty("java.class.path"),
                MissingLibraryTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String message = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        "Hugging Face's tokenizers library cannot be loaded on %s riscv64: Unexpected flavor: cpu; it is built for Linux on x86_64 and aarch64, macOS on aarch64 and Windows on x86_64"
            .formatted(System.getProperty("os.name")),
        message);
  }

  /** Opens a tokenizer and prints what went wrong. */
  public static void main(String[] arguments) {
    try {
      Tokenizers.open(Path.of("src/test/resources/golden/tokens/uncased"));
    } catch (UserException e) {
      System.out.print(e.getMessage());
    }
  }
}
