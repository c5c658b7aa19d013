// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

/** Amounts of bytes in messages. */
final class Size {

  private static final double GIGABYTE = 1e9;

  private Size() {}

  /** As 2.5 GB, or 340 MB where it is less than one. */
  static String of(long bytes) {
    return bytes < GIGABYTE
        ? "%d MB".formatted(Math.round(bytes / 1e6))
        : "%.1f GB".formatted(bytes / GIGABYTE);
  }
}
