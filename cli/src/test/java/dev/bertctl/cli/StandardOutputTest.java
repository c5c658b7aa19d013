// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  @Test
  void isUtf8() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput output = new StandardOutput(bytes);
    output.writer().println("Zoë 東京 😀");
    assertEquals(Optional.empty(), output.finish());
    assertEquals("Zoë 東京 😀" + System.lineSeparator(), bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFailureIsRemembered() {
    StandardOutput output = new StandardOutput(failing("No space left on device"));
    output.writer().println("x".repeat(100_000));
    output.writer().println("and more");
    assertEquals(Optional.of("No space left on device"), output.finish());
    StandardOutput small = new StandardOutput(failing("No space left on device"));
    small.writer().print("x");
    assertEquals(Optional.of("No space left on device"), small.finish());
  }

  @Test
  void aReaderMayHaveHadEnough() {
    StandardOutput output = new StandardOutput(failing("Broken pipe"));
    output.writer().println("x");
    assertEquals(Optional.empty(), output.finish());
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
