// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows. */
final class BuildInfo implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      build.load(in);
    }
    return new String[] {
      "bertctl %s (%s)".formatted(build.getProperty("version"), build.getProperty("commit")),
      "Java %s (%s, %s)"
          .formatted(
              Runtime.version(), System.getProperty("java.vendor"), System.getProperty("java.home"))
    };
  }
}
