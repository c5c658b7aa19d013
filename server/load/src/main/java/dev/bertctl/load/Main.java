// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import dev.bertctl.load.peer.PeerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The load test's command line. */
@Command(
    name = "bertctl-load",
    description = "Loads a server, or serves as the peer it is compared with.",
    mixinStandardHelpOptions = true,
    subcommands = {RunCommand.class, PeerCommand.class})
public final class Main {

  private Main() {}

  /** Runs a command; the exit code is 1 where a check failed. */
  public static void main(String... args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
