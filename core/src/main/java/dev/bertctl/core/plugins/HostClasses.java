// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.plugins;

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

  private HostClasses() {}

  /** Whether a class is the host's to give. */
  static boolean give(String className) {
    return GIVEN.stream().anyMatch(className::startsWith);
  }

  /** Whether a plugin's jar must not have this class. */
  static boolean mustNotBeCarried(String className) {
    return NOT_CARRIED.stream().anyMatch(className::startsWith);
  }
}
