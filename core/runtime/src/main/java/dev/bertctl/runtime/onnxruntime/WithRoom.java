// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Work in a thread whose stack is large. ONNX Runtime 1.29, when its environment is made, matches
 * the process' command line with a recursive matcher that takes some 260 bytes of stack for each
 * character: a class path of 4,000 characters overflows the usual 1 MiB, and the process is gone
 * without a word.
 */
final class WithRoom {

  /**
   * For 250,000 characters; an argument has at most 131,072. What is not touched takes no memory.
   */
  private static final long STACK = 64L << 20;

  private WithRoom() {}

  /** Does it, and waits. */
  static <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            },
            "bertctl-onnxruntime",
            STACK);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
