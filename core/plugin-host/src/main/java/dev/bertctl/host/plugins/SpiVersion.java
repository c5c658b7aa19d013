// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the SPI: semantic versioning, of which patches do not matter here.
 *
 * @param major another one breaks plugins
 * @param minor a larger one adds to the SPI
 */
public record SpiVersion(int major, int minor) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(\\.\\d{1,6})?");

  /** The version of the SPI in this application. */
  public static SpiVersion ofHost() {
    return parse(property("version")).orElseThrow();
  }

  /** The version of the Maven artifact {@code dev.bertctl:bertctl-spi} in this application. */
  static String ofArtifact() {
    return property("artifact.version");
  }

  private static String property(String name) {
    Properties properties = new Properties();
    try (InputStream in = TaskPlugin.class.getResourceAsStream("spi.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("the SPI's jar cannot be read", e);
    }
    return properties.getProperty(name);
  }

  /** Reads {@code 1.2} or {@code 1.2.3}; empty if it is neither. */
  static Optional<SpiVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new SpiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether a plugin that was built for another version runs on this one. */
  boolean runs(SpiVersion built) {
    return built.major == major && built.minor <= minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
