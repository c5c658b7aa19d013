// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.comparison.Comparison;
import dev.bertctl.core.comparison.ComparisonReport;
import dev.bertctl.core.report.ReportComparison;
import dev.bertctl.core.report.ReportFiles;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl report RUN [OTHER]}: the page of a run, or of two side by side. */
@Command(
    name = "report",
    description = {
      "Makes the page of a run again, report.html in its folder, from the facts in its report.json;"
          + " every run leaves both.",
      "",
      "Of two runs it makes a page that has them side by side: metrics with confidence intervals and"
          + " p-values as compare has them, curves, the examples on which they differ, the settings"
          + " that differ. The facts go beside the page, with .json instead of .html."
    },
    footer = {
      "  bertctl report runs/nli",
      "  bertctl report runs/nli --json",
      "  bertctl report runs/nli more-epochs/nli --output compare.html"
    })
final class ReportCommand implements Runnable {

  /** As compare draws unless told otherwise. */
  private static final Resampling RESAMPLING = new Resampling(2000, 42);

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a finished run.")
  private Path run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OTHER",
      description = "Folder of a run of the same task on the same validation data.")
  private Optional<Path> other = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The page's file, whose name ends with .html; of two runs it is needed, of one it is"
              + " report.html in its folder unless given.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--json",
      description = "Print the facts as JSON on standard output, and write no file.")
  private boolean json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  ReportCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    if (json && output.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--json writes no file; leave out it or --output");
    }
    if (other.isPresent()) {
      compare(other.get());
    } else if (json) {
      Json.print(ReportFiles.read(run), spec.commandLine().getOut());
    } else {
      output.ifPresent(ReportFiles::jsonOf);
      Path html = output.orElse(run.resolve(ReportFiles.HTML));
      ReportFiles.writeAgain(run, html);
      written(html);
    }
  }

  private void compare(Path second) {
    if (!json && output.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "a report of two runs needs --output FILE, such as compare.html");
    }
    output.ifPresent(ReportFiles::jsonOf);
    Map<String, Object> reportOfA = ReportFiles.read(run);
    Map<String, Object> reportOfB = ReportFiles.read(second);
    try (JobListener listener = common.listener()) {
      ComparedFiles.Opened opened = ComparedFiles.runs(run, second, registry, common::notice, spec);
      ComparisonReport found =
          new Comparison(opened.config(), RESAMPLING, listener::notice).of(opened.a(), opened.b());
      Map<String, Object> facts = ReportComparison.of(reportOfA, reportOfB, found);
      if (json) {
        Json.print(facts, spec.commandLine().getOut());
      } else {
        ReportFiles.writeComparison(output.orElseThrow(), facts);
        written(output.orElseThrow());
      }
    }
  }

  private void written(Path html) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(html);
  }
}
