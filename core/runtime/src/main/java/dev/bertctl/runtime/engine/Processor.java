// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the machine's processor can do. */
final class Processor {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Whether it is known to have VNNI, which adds up products of eight bits in 32. Only Linux tells;
   * elsewhere nothing is known.
   */
  static boolean hasVnni() {
    if (!Files.isReadable(LINUX)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(LINUX)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .anyMatch(line -> line.matches(".*\\bavx(512)?_vnni\\b.*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
