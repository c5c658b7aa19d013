// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JavaCheckTest {

  @Test
  void aNewEnoughOneIsDescribed() {
    assertEquals(
        Finding.ok("Java", "17.0.15+6 of Debian in /opt/jdk, with a heap of up to 6.3 GB"),
        check("17.0.15+6", 6_300_000_000L));
    assertEquals(State.OK, check("25", 500_000_000).state());
  }

  @Test
  void anOldOneIsAProblem() {
    assertEquals(
        Finding.problem(
            "Java",
            "11.0.2 of Debian in /opt/jdk, with a heap of up to 512 MB; it is too old",
            new Advice("install a JDK 17 or newer, and set JAVA_HOME to it")),
        check("11.0.2", 512_000_000));
  }

  private static Finding check(String version, long heap) {
    return JavaCheck.of(Runtime.Version.parse(version), "Debian", Path.of("/opt/jdk"), heap);
  }
}
