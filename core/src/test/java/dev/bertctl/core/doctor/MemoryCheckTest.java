// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MemoryCheckTest {

  private static final String MEMINFO =
      """
      MemTotal:       16000000 kB
      MemFree:         1000000 kB
      MemAvailable:   12000000 kB
      """;

  @Test
  void whatLinuxKeepsOfFilesIsFree() {
    assertEquals(12_288_000_000L, MemoryCheck.free(16_384_000_000L, 1_024_000_000, MEMINFO));
  }

  @Test
  void aContainerHasItsOwnMemory() {
    assertEquals(1_000_000_000, MemoryCheck.free(4_000_000_000L, 1_000_000_000, MEMINFO));
    assertEquals(1_000_000_000, MemoryCheck.free(4_000_000_000L, 1_000_000_000, ""));
  }

  @Test
  void littleIsANote() {
    assertEquals(
        Finding.ok("memory", "16.4 GB, of which 2.0 GB are free"),
        MemoryCheck.of(16_384_000_000L, 2_000_000_000));
    Finding little = MemoryCheck.of(4_000_000_000L, 900_000_000);
    assertEquals(State.NOTE, little.state());
    assertEquals(
        "4.0 GB, of which 900 MB are free; fine-tuning the smallest model takes about 2.0 GB",
        little.detail());
  }
}
