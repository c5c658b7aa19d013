// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has: {@code --help}, {@code --stacktrace}, and the look of its help. */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n")
final class CommonOptions {

  @Option(names = "--stacktrace", description = "Show where in the code a failure happened.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;
}
