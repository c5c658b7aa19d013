// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.RunMode;
import picocli.CommandLine.Option;

/** {@code --resume}, {@code --overwrite} or nothing: what to do where another run has been. */
final class EarlierRun {

  @Option(
      names = "--resume",
      description = "Go on with an unfinished run from its last checkpoint.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      description = "Drop an unfinished run, and replace the results of a finished one.")
  private boolean overwrite;

  RunMode mode() {
    if (overwrite) {
      return RunMode.OVERWRITE;
    }
    return resume ? RunMode.RESUME : RunMode.NEW;
  }
}
