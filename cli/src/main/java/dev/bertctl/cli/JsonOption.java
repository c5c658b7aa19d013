// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --json}: what commands have that print a result. */
@Command
final class JsonOption {

  @Option(names = "--json", description = "Print the result as JSON on standard output.")
  private boolean wanted;

  /** Whether the result is wanted as JSON. */
  boolean wanted() {
    return wanted;
  }
}
