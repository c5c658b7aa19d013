// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.DataException;
import java.util.function.Supplier;

/** Calls the plugin's code: whatever goes wrong in there is reported with what was being done. */
final class Step {

  private Step() {}

  /**
   * Takes a step.
   *
   * @param what what is called, to begin a sentence with, such as {@code the reader}
   * @param code calls it
   * @throws BrokenPromise if it throws, or gives null
   */
  static <T> T of(String what, Supplier<T> code) {
    T result;
    try {
      result = code.get();
    } catch (DataException | OptionException e) {
      throw new BrokenPromise(
          "%s refuses: %s; correct the samples or options, or what refuses them"
              .formatted(what, e.getMessage()),
          e);
    } catch (RuntimeException | LinkageError e) {
      throw new BrokenPromise("%s fails with %s%s".formatted(what, e, place(e)), e);
    }
    BrokenPromise.unless(
        result != null, "%s gives null; nothing in the SPI is ever null: give a value", what);
    return result;
  }

  private static String place(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }
}
