// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakMemoryTest {

  @TempDir private Path folder;

  @Test
  void isWhatLinuxSays() throws Exception {
    Path status = folder.resolve("status");
    Files.writeString(status, "VmPeak:\t 9000 kB\nVmHWM:\t   2048 kB\nVmRSS:\t 1024 kB\n");
    assertEquals(OptionalLong.of(2L << 20), PeakMemory.in(status));
  }

  @Test
  void elsewhereItIsNotKnown() {
    assertEquals(OptionalLong.empty(), PeakMemory.in(folder.resolve("none")));
  }
}
