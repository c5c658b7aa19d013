// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.UserException;
import dev.bertctl.core.download.DownloadListener;
import dev.bertctl.core.download.MavenRepositories;
import dev.bertctl.core.plugins.InstalledPlugin;
import dev.bertctl.core.plugins.PluginInstallation;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins check JAR}: what {@code install} would say, with nothing installed. */
@Command(
    name = "check",
    description = "Checks a plugin as it is checked when it is installed; installs nothing.",
    footer = {
      "  bertctl plugins check target/bertctl-sentiment-1.0.0.jar",
      "  bertctl plugins check target/plugin-with-libraries/"
    })
final class PluginsCheckCommand implements Callable<Integer> {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JAR", description = "A jar, or a folder of jars.")
  private Path jar;

  @Option(names = "--json", description = "Print the result as JSON on standard output.")
  private boolean json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PluginsCheckCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public Integer call() {
    if (!Files.exists(jar)) {
      throw new UserException(jar + ": no such file; name a jar or a folder of jars");
    }
    InstalledPlugin plugin =
        new PluginInstallation(
                installed.folder(),
                installed.builtIn().tasks(),
                new MavenRepositories(true, Optional.empty(), DownloadListener.NONE))
            .check(jar);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(PluginFields.of(plugin), out);
    } else {
      print(plugin, out);
    }
    return plugin.accepted() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void print(InstalledPlugin plugin, PrintWriter out) {
    out.println("plugin  " + plugin.release().title());
    plugin.release().coordinates().ifPresent(maven -> out.println("maven   " + maven));
    plugin.release().spi().ifPresent(version -> out.println("SPI     " + version));
    plugin.tasks().forEach(task -> out.println("task    " + task.name() + ": " + task.summary()));
    PrintWriter err = spec.commandLine().getErr();
    plugin.refusals().forEach(refusal -> err.println("bertctl: " + refusal));
    if (plugin.accepted()) {
      out.println("passed: it can be installed");
    }
  }
}
