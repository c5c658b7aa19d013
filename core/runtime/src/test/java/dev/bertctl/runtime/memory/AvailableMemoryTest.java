// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.tensorflow.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {

  @TempDir Path root;

  @BeforeEach
  void thousandKibibytesAreAvailable() throws IOException {
    write("proc/meminfo", "MemTotal:  2000 kB\nMemFree:  10 kB\nMemAvailable:  1000 kB\n");
  }

  @Test
  void withoutControlGroupsItIsWhatTheMachineHas() {
    assertEquals(OptionalLong.of(1000 << 10), AvailableMemory.below(root));
  }

  @Test
  void aGroupsLimitCountsWithoutItsCachedFiles() throws IOException {
    write("proc/self/cgroup", "0::/a/b\n");
    write("sys/fs/cgroup/a/memory.max", "500000\n");
    write("sys/fs/cgroup/a/memory.current", "400000\n");
    write("sys/fs/cgroup/a/memory.stat", "anon 300000\ninactive_file 50000\n");
    write("sys/fs/cgroup/a/b/memory.max", "max\n");
    write("sys/fs/cgroup/a/b/memory.current", "400000\n");
    assertEquals(OptionalLong.of(150_000), AvailableMemory.below(root));
  }

  @Test
  void aContainersGroupIsItsRoot() throws IOException {
    write("proc/self/cgroup", "4:cpu:/x\n3:memory:/docker/1\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "600000\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", "200000\n");
    assertEquals(OptionalLong.of(400_000), AvailableMemory.below(root));
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertEquals(OptionalLong.of(1000 << 10), AvailableMemory.below(root));
  }

  @Test
  void nothingIsLeftOfAFullGroup() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "1000\n");
    write("sys/fs/cgroup/memory.current", "1200\n");
    assertEquals(OptionalLong.of(0), AvailableMemory.below(root));
  }

  @Test
  void unknownWhereNothingTells() throws IOException {
    Files.delete(root.resolve("proc/meminfo"));
    assertEquals(OptionalLong.empty(), AvailableMemory.below(root));
    assertEquals(OptionalLong.empty(), AvailableMemory.of(new ComputeDevice(0, 100)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisMachineTells() {
    assertTrue(AvailableMemory.of(ComputeDevice.CPU).orElseThrow() > 0);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
