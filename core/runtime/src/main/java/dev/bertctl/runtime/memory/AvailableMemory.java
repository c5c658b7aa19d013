// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How much memory a device can still give: on a CPU the least of what Linux has available and what
 * the control group, as of a container, leaves. Of GPUs TensorFlow's Java API tells nothing.
 */
public final class AvailableMemory {

  /** Version 1 has such a number where there is no limit; version 2 has the word max. */
  private static final long UNLIMITED = 1L << 60;

  private final Path root;

  private AvailableMemory(Path root) {
    this.root = root;
  }

  /** Bytes that a device can still give; empty where nothing tells. */
  public static OptionalLong of(ComputeDevice device) {
    return device.equals(ComputeDevice.CPU)
        ? new AvailableMemory(Path.of("/")).bytes()
        : OptionalLong.empty();
  }

  /**
   * Reads below another root than the file system's.
   *
   * @return bytes; empty where there is no /proc/meminfo, as on Windows
   */
  static OptionalLong below(Path root) {
    return new AvailableMemory(root).bytes();
  }

  private OptionalLong bytes() {
    return LongStream.concat(machine(), controlGroups()).map(free -> Math.max(0, free)).min();
  }

  private LongStream machine() {
    return lines("proc/meminfo").stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10);
  }

  /** The group of this process and those that it lies in; a container sees its own as the root. */
  private LongStream controlGroups() {
    return lines("proc/self/cgroup").stream()
        .map(line -> line.split(":", 3))
        .filter(group -> group.length == 3)
        .flatMap(AvailableMemory::folders)
        .flatMapToLong(this::left);
  }

  /** Where a group's files may lie: hierarchy 0 is version 2. */
  private static Stream<Group> folders(String[] group) {
    boolean second = group[0].equals("0");
    if (!second && !List.of(group[1].split(",")).contains("memory")) {
      return Stream.of();
    }
    Path mount = Path.of(second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
    Path path = Path.of(group[2].replaceFirst("^/+", ""));
    return Stream.concat(
            Stream.iterate(path, p -> p != null, Path::getParent).map(mount::resolve),
            Stream.of(mount))
        .distinct()
        .map(folder -> new Group(folder, second));
  }

  private LongStream left(Group group) {
    OptionalLong limit = number(group.file("memory.max", "memory.limit_in_bytes"));
    OptionalLong used = number(group.file("memory.current", "memory.usage_in_bytes"));
    return limit.isEmpty() || used.isEmpty() || limit.getAsLong() >= UNLIMITED
        ? LongStream.empty()
        : LongStream.of(limit.getAsLong() - used.getAsLong() + reclaimable(group));
  }

  /** Cached files count as used, and are given up when there is need. */
  private long reclaimable(Group group) {
    return lines(group.folder().resolve("memory.stat").toString()).stream()
        .filter(line -> line.startsWith("inactive_file "))
        .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length()).strip()))
        .sum();
  }

  private OptionalLong number(Path file) {
    return lines(file.toString()).stream()
        .limit(1)
        .filter(line -> line.matches("\\d{1,19}"))
        .mapToLong(line -> line.length() == 19 ? UNLIMITED : Long.parseLong(line))
        .findFirst();
  }

  /** A kernel file's lines; none where it does not have the file. */
  private List<String> lines(String file) {
    Path path = root.resolve(file);
    if (!Files.isReadable(path)) {
      return List.of();
    }
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw FileException.reading(path, e);
    }
  }

  /**
   * A control group.
   *
   * @param folder of its files
   * @param second whether it is of version 2
   */
  private record Group(Path folder, boolean second) {

    Path file(String inSecond, String inFirst) {
      return folder.resolve(second ? inSecond : inFirst);
    }
  }
}
