// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import com.sun.management.OperatingSystemMXBean;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of the machine, or of the container that this process runs in. */
final class MemoryCheck {

  private static final String NAME = "memory";
  private static final long LITTLE = 2_000_000_000;
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private MemoryCheck() {}

  static Finding ofThisProcess() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long total = system.getTotalMemorySize();
    return of(total, free(total, system.getFreeMemorySize(), meminfo()));
  }

  private static String meminfo() {
    try {
      return Files.isReadable(MEMINFO) ? Files.readString(MEMINFO) : "";
    } catch (IOException e) {
      throw FileException.reading(MEMINFO, e);
    }
  }

  /**
   * What is free. Java does not count as free what Linux keeps of files, though it gives that up
   * when it is asked for memory; where no container has less than the machine, Linux's own figure
   * is taken.
   *
   * @param total bytes, as Java says
   * @param free bytes, as Java says
   * @param meminfo Linux's {@code /proc/meminfo}; empty elsewhere
   */
  static long free(long total, long free, String meminfo) {
    return total < bytes("MemTotal", meminfo)
        ? free
        : Math.max(free, bytes("MemAvailable", meminfo));
  }

  /** A line's kilobytes as bytes; 0 where there is no such line. */
  private static long bytes(String name, String meminfo) {
    Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB$").matcher(meminfo);
    return line.find() ? Long.parseLong(line.group(1)) * 1024 : 0;
  }

  /** Judges an amount of bytes. */
  static Finding of(long total, long free) {
    String detail = "%s, of which %s are free".formatted(Size.of(total), Size.of(free));
    return free < LITTLE
        ? Finding.note(
            NAME,
            detail + "; fine-tuning the smallest model takes about " + Size.of(LITTLE),
            new Advice(
                "end what else runs, or give the container more; less is taken with a smaller train.batch-size"))
        : Finding.ok(NAME, detail);
  }
}
