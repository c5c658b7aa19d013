// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ExitCode;
import dev.bertctl.application.InstalledTasks;
import dev.bertctl.application.RemedyText;
import dev.bertctl.core.doctor.Doctor;
import dev.bertctl.core.doctor.Finding;
import dev.bertctl.core.doctor.State;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bertctl doctor}: whether this machine can run bertctl. */
@Command(
    name = "doctor",
    description = {
      "Tells whether this machine can run bertctl, and what to do where it cannot.",
      "",
      "It looks at Java, processor, memory, cache, native libraries, GPUs and plugins. Nothing is"
          + " fetched, and no port is opened; native libraries are unpacked into the cache where"
          + " they are not yet. The exit code is 1 where a run would fail."
    },
    footer = {"  bertctl doctor", "  bertctl doctor --json"})
final class DoctorCommand implements Callable<Integer> {

  /** Findings are shown when they are made: columns cannot be as wide as their widest cell. */
  private static final String ROW = "%-13s  %-7s  %s%n";

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  DoctorCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    State state = json.wanted() ? printJson(out) : printTable(out);
    return state == State.PROBLEM ? ExitCode.FAILED : ExitCode.DONE;
  }

  private State examine(Consumer<Finding> findings) {
    return new Doctor(installed.folder().root(), installed::plugins, findings).examine();
  }

  private State printTable(PrintWriter out) {
    out.printf(ROW, "CHECK", "STATE", "FINDING");
    return examine(
        finding -> {
          String name = finding.name();
          String state = word(finding.state());
          List<String> lines = new ArrayList<>(finding.detail().lines().toList());
          remedy(finding).ifPresent(lines::add);
          for (String line : lines) {
            out.printf(ROW, name, state, line);
            name = "";
            state = "";
          }
          out.flush();
        });
  }

  private State printJson(PrintWriter out) {
    List<Map<String, Object>> findings = new ArrayList<>();
    State state = examine(finding -> findings.add(fields(finding)));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("state", word(state));
    result.put("findings", findings);
    Json.print(result, out);
    return state;
  }

  private static Map<String, Object> fields(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", finding.name());
    fields.put("state", word(finding.state()));
    fields.put("detail", finding.detail());
    fields.put("remedy", remedy(finding).orElse(null));
    return fields;
  }

  private static Optional<String> remedy(Finding finding) {
    return finding.remedy().flatMap(RemedyText::of);
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
