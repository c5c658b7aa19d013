// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What someone meets who does not know the commands yet. */
class FirstDayTest {

  @Test
  void helpIsOfTheCommandThatIsNamedAlsoOfOneBelowAnother() {
    InProcess.Outcome help = InProcess.run("help", "plugins", "new");
    assertEquals(0, help.exitCode());
    assertEquals(InProcess.run("plugins", "new", "--help").out(), help.out());
    assertEquals(InProcess.run("--help").out(), InProcess.run("help").out());
  }

  @Test
  void helpOfWhatIsNoCommandSaysSo() {
    InProcess.Outcome help = InProcess.run("help", "plugins", "make");
    assertEquals(2, help.exitCode());
    assertEquals(
        "bertctl: there is no command 'make' of 'bertctl plugins'",
        help.err().lines().findFirst().orElse(""));
  }

  @Test
  void anUnknownOptionIsNamedAlsoIfARequiredOneIsMissing() {
    InProcess.Outcome outcome = InProcess.run("config", "nli", "--confg", "app.yaml");
    assertEquals(2, outcome.exitCode());
    assertEquals(
        """
        bertctl: unknown options: '--confg', 'app.yaml'; did you mean '--config'?
        bertctl: missing required option: '--config=FILE'
        Try 'bertctl config --help' for more information.
        """,
        outcome.err());
  }
}
