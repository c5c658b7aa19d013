// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --data}: what commands have that compare predictions with gold labels. */
@Command
final class LabelledDataOption {

  @Option(
      names = {"-d", "--data"},
      required = true,
      paramLabel = "FILE",
      description =
          "The labelled data; may be given several times, and be a pattern such as 'part-*.csv'.")
  private List<Path> data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Format of the data where its ending does not tell: ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> format = Optional.empty();

  /** The data as settings of the split {@code test}. */
  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    assignments.add(SettingsOption.assignment("data.test", "--data", data));
    format.ifPresent(
        value ->
            assignments.add(
                new Assignment("data.format.test", value.toString(), "--format " + value)));
    return assignments;
  }
}
