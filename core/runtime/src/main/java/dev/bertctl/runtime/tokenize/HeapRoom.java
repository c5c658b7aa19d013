// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes sure that Java's heap has room before a native library fills some of it: where Java throws
 * an {@link OutOfMemoryError}, Hugging Face's library aborts the whole process.
 */
final class HeapRoom {

  /** What other threads may fill meanwhile, as long as the heap is not small. */
  private static final long LARGEST_RESERVE = 16L << 20;

  /** Pieces of the trial: small enough to fit into any gap. */
  private static final int PIECE = 1 << 18;

  private final Runtime runtime = Runtime.getRuntime();
  private final long reserve = Math.min(LARGEST_RESERVE, runtime.maxMemory() / 16);
  private final AtomicLong promised = new AtomicLong();

  /**
   * Calls the library.
   *
   * @param bytes what the call puts on the heap
   * @throws OutOfMemoryError if there is no room for it
   */
  <T> T call(long bytes, Supplier<T> nativeCall) {
    long needed = promised.addAndGet(bytes) + reserve;
    try {
      if (free() < needed) {
        collect(needed);
      }
      return nativeCall.get();
    } finally {
      promised.addAndGet(-bytes);
    }
  }

  private long free() {
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  /** Takes as much as is needed and gives it back: Java collects garbage for it, or throws. */
  private synchronized void collect(long bytes) {
    byte[][] room = new byte[Math.toIntExact(bytes / PIECE + 1)][];
    for (int i = 0; i < room.length; i++) {
      room[i] = new byte[PIECE];
    }
  }
}
