// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;

/**
 * Reads the command line before Quarkus starts, which then knows the port; help and wrong usage
 * start nothing.
 */
@QuarkusMain
public final class Main {

  private Main() {}

  /** Starts {@code bertctl serve}. */
  public static void main(String... args) {
    int exitCode = new CommandLine(new ServeCommand()).execute(args);
    System.exit(exitCode);
  }
}
