// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import java.nio.file.Path;

/** The virtual machine that runs this process. */
final class JavaCheck {

  private static final String NAME = "Java";
  private static final int OLDEST = 17;

  private JavaCheck() {}

  static Finding ofThisProcess() {
    return of(
        Runtime.version(),
        System.getProperty("java.vendor"),
        Path.of(System.getProperty("java.home")),
        Runtime.getRuntime().maxMemory());
  }

  /**
   * Judges a virtual machine.
   *
   * @param heap bytes that it may have at most
   */
  static Finding of(Runtime.Version version, String vendor, Path home, long heap) {
    String detail =
        "%s of %s in %s, with a heap of up to %s".formatted(version, vendor, home, Size.of(heap));
    return version.feature() < OLDEST
        ? Finding.problem(
            NAME,
            detail + "; it is too old",
            new Advice("install a JDK %d or newer, and set JAVA_HOME to it".formatted(OLDEST)))
        : Finding.ok(NAME, detail);
  }
}
