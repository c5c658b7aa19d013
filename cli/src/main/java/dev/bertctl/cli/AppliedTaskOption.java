// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --task}: what commands have that apply a model. */
@Command
final class AppliedTaskOption {

  @Option(
      names = {"-t", "--task"},
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description =
          "Task to apply, instead of the one that the model was trained on:"
              + " ${COMPLETION-CANDIDATES}.")
  private Optional<String> name = Optional.empty();

  /** The task's name; that which the model was trained on if empty. */
  Optional<String> name() {
    return name;
  }
}
