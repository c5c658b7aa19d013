// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.comparison.Comparison;
import dev.bertctl.core.comparison.ComparisonReport;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl compare A B}: whether one model is better than another, and where. */
@Command(
    name = "compare",
    description =
        "Compares two runs, or two files of predictions, on the same examples: each metric with its"
            + " confidence interval, the difference with a p-value, and where they differ.",
    footer = {
      "  bertctl compare runs/nli more-epochs/nli",
      "  bertctl compare runs/nli predictions.jsonl --json",
      "  bertctl compare a.jsonl b.jsonl --task nli --gold dev.jsonl"
    })
final class CompareCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "Folder of a run, or predictions.")
  private Path a;

  @Parameters(index = "1", paramLabel = "B", description = "Folder of a run, or predictions.")
  private Path b;

  @Mixin private ComparedFiles files;

  @Option(
      names = "--differences",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How many of the examples to print on which one of them is better; 10 by default. With"
              + " --json all are there.")
  private int differences;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How often the bootstrap draws the examples; 2000 by default, at least 1000.")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Decides what the bootstrap draws; 42 by default.")
  private long seed;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  CompareCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    if (resamples < Resampling.FEWEST) {
      throw new ParameterException(
          spec.commandLine(), "--resamples needs a number of at least " + Resampling.FEWEST);
    }
    if (differences < 0) {
      throw new ParameterException(
          spec.commandLine(), "--differences needs a number of at least 0");
    }
    try (JobListener listener = common.listener()) {
      ComparedFiles.Opened opened = files.open(a, b, registry, common::notice);
      ComparisonReport report =
          new Comparison(opened.config(), new Resampling(resamples, seed), listener::notice)
              .of(opened.a(), opened.b());
      PrintWriter out = spec.commandLine().getOut();
      if (json.wanted()) {
        Json.print(report.fields(), out);
      } else {
        ComparisonView.print(report, differences, out);
      }
    }
  }
}
