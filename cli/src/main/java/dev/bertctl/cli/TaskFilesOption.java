// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --task-files}: what commands have that make predictions. */
@Command
final class TaskFilesOption {

  @Option(
      names = "--task-files",
      paramLabel = "DIR",
      description = {
        "Also write the predictions in the task's own forms into this folder, such as those that"
            + " official scorers read; docs/ner.md, docs/qa.md and docs/paraphrase.md name them."
      })
  private Optional<Path> folder = Optional.empty();

  /** Where to write them, if they are wanted. */
  Optional<Path> folder() {
    return folder;
  }
}
