// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What Linux says of the processors in {@code /proc/cpuinfo}.
 *
 * @param processors how many there are, whatever this process may use
 * @param model of the first
 * @param flags of the first; empty for processors other than x86's, whose line is called otherwise
 */
public record CpuInfo(int processors, Optional<String> model, Set<String> flags) {

  private static final Path FILE = Path.of("/proc/cpuinfo");

  /** Copies the set. */
  public CpuInfo {
    flags = Set.copyOf(flags);
  }

  /** Of this machine; none on systems other than Linux. */
  public static Optional<CpuInfo> ofThisMachine() {
    if (!Files.isReadable(FILE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Files.readString(FILE, StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw FileException.reading(FILE, e);
    }
  }

  /** Reads what that file says. */
  public static CpuInfo parse(String text) {
    int processors = 0;
    Optional<String> model = Optional.empty();
    Set<String> flags = Set.of();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(":", 2);
      String value = parts.length < 2 ? "" : parts[1].strip();
      switch (parts[0].strip()) {
        case "processor" -> processors++;
        case "model name" -> model = Optional.of(value);
        case "flags" -> flags = Set.of(value.split("\\s+"));
        default -> {}
      }
    }
    return new CpuInfo(processors, model, flags);
  }

  /** Whether it is known to have VNNI, which adds up products of eight bits in 32. */
  public boolean hasVnni() {
    return flags.contains("avx512_vnni") || flags.contains("avx_vnni");
  }

  /** Whether it is one of x86-64 that TensorFlow's library, compiled for AVX, would crash on. */
  public boolean lacksAvx() {
    return !flags.isEmpty() && !flags.contains("avx");
  }
}
