// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much of the machine's memory this process has had at most; a GPU's is not in it. */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /** Bytes, the Java heap and native memory together; empty where Linux does not tell. */
  public static OptionalLong bytes() {
    return in(STATUS);
  }

  static OptionalLong in(Path status) {
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    } catch (IOException e) {
      throw FileException.reading(status, e);
    }
  }
}
