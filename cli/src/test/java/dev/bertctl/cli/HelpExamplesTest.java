// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class HelpExamplesTest {

  private static final String LONG =
      "  bertctl predict runs/nli --input pairs.csv --output predictions.csv --resume --offline --set max-length=64";

  @Command(name = "bertctl", footer = LONG)
  private static final class Documented {}

  @Test
  void anExampleStaysOnItsLine() {
    CommandLine command = new CommandLine(new Documented()).setUsageHelpWidth(60);
    command.setHelpSectionMap(HelpExamples.unwrapped(command));
    assertTrue(command.getUsageMessage().contains(LONG + System.lineSeparator()));
  }
}
