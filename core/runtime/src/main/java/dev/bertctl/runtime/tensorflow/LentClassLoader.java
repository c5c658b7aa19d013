// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.util.function.Supplier;

/**
 * Lets libraries that look for their own files with the thread's context class loader find them:
 * where this class is, they are. Threads that a host did not start itself, as those of the common
 * pool, have the system's, which sees nothing of a jar within a jar.
 */
final class LentClassLoader {

  private LentClassLoader() {}

  /** Does work, and gives the thread its own class loader again. */
  static <T> T during(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    thread.setContextClassLoader(LentClassLoader.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(own);
    }
  }
}
