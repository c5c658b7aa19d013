// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.util.List;

/**
 * Which classes a plugin has from the host, whatever its own jars hold: the SPI and what the SPI's
 * signatures are made of, so that host and plugin mean the same by them; and SLF4J, whose only
 * purpose is that one application has one log. All else is the plugin's own or the JDK's.
 */
final class HostClasses {

  /** Carrying one of these would be a mistake: the plugin would be built against its own copy. */
  private static final List<String> NOT_CARRIED =
      List.of(
          "dev.bertctl.spi.",
          "dev.bertctl.runtime.",
          "dev.bertctl.download.",
          "dev.bertctl.host.",
          "dev.bertctl.core.",
          "dev.bertctl.cli.",
          "org.tensorflow.",
          "ai.djl.");

  private static final List<String> GIVEN =
      List.of(
          "dev.bertctl.spi.",
          "org.tensorflow.",
          "io.smallrye.config.",
          "org.eclipse.microprofile.config.",
          "org.slf4j.");

  /** Maven artifacts with these classes: a plugin is installed without them. */
  static final List<String> ARTIFACTS =
      List.of(
          "dev.bertctl:bertctl-spi",
          "ai.djl.tensorflow:tensorflow-api",
          "io.smallrye.config:*",
          "org.eclipse.microprofile.config:*",
          "org.slf4j:slf4j-api");

  /** Changes whenever more or other classes must not be carried. */
  static final String RULES = String.join(" ", NOT_CARRIED);

  private HostClasses() {}

  /** Whether a class is the host's to give. */
  static boolean give(String className) {
    return isIn(GIVEN, className);
  }

  /** Whether a plugin's jar must not have this class. */
  static boolean mustNotBeCarried(String className) {
    return isIn(NOT_CARRIED, className);
  }

  /** A plain loop: it is asked for thousands of classes whenever bertctl starts. */
  private static boolean isIn(List<String> packages, String className) {
    for (String name : packages) {
      if (className.startsWith(name)) {
        return true;
      }
    }
    return false;
  }
}
