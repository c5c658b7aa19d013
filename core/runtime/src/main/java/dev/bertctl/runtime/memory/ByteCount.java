// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import java.util.Locale;

/**
 * A number of bytes for people: {@code 87 MiB}, from 1 GiB on {@code 1.9 GiB}.
 *
 * @param bytes the number
 */
public record ByteCount(long bytes) {

  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  @Override
  public String toString() {
    return bytes < GIB
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / MIB)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
