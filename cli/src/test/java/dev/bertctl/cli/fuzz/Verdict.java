// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import dev.bertctl.cli.InProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a command ended as it may with damaged input: done, or refused in a user's words. */
final class Verdict {

  /** What no message says: names of exceptions, of packages, stack traces, and excuses. */
  private static final Pattern RAW =
      Pattern.compile(
          "unexpected failure|defect of bertctl|\\b[A-Z]\\w*(Exception|Error)\\b|\\bjava\\.\\w+\\.\\w+(Exception|Error)"
              + "|\\n\\s+at [\\w.$]+\\(|org\\.tensorflow|com\\.fasterxml|\\[Source: ");

  private Verdict() {}

  /** What is wrong with an outcome. */
  static List<String> complaints(InProcess.Outcome outcome) {
    List<String> complaints = new ArrayList<>();
    if (outcome.exitCode() < 0 || outcome.exitCode() > 2) {
      complaints.add("exit code " + outcome.exitCode());
    }
    if (outcome.exitCode() != 0) {
      String said = outcome.err() + outcome.out();
      if (said.isBlank()) {
        complaints.add("no message");
      } else if (RAW.matcher(said).find()) {
        complaints.add("not a user's words");
      }
    }
    return complaints;
  }
}
