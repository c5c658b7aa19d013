// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import dev.bertctl.application.ErrorMessages;
import dev.bertctl.application.ExitCode;
import dev.bertctl.application.PrintedStream;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Reads the command line before Quarkus starts, which then knows the port; help and wrong usage
 * start nothing.
 */
@QuarkusMain
public final class Main {

  private Main() {}

  /** Starts {@code bertctl serve}. */
  public static void main(String... args) {
    // Messages are English, so numbers in them are too: no decimal commas.
    Locale.setDefault(Locale.ENGLISH);
    PrintedStream.install();
    System.exit(command().execute(args));
  }

  static CommandLine command() {
    CommandLine command = new CommandLine(new ServeCommand());
    ErrorMessages errors = new ErrorMessages(failure -> ExitCode.FAILED, Main::ownWords);
    command.setParameterExceptionHandler(errors);
    command.setExecutionExceptionHandler(errors);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(command.getHelpSectionMap());
    // Examples stay on their lines however narrow the window is, so that they can be copied.
    sections.put(
        UsageMessageSpec.SECTION_KEY_FOOTER,
        help -> String.join("\n", help.commandSpec().usageMessage().footer()) + "\n");
    sections.replaceAll((name, section) -> help -> PrintedStream.ownColours(section.render(help)));
    command.setHelpSectionMap(sections);
    return command;
  }

  private static Optional<String> ownWords(Throwable failure) {
    return failure instanceof QuarkusBindException taken
        ? Optional.of(
            "port %d of %s cannot be opened: it is in use, or not to be had; choose another with --port"
                .formatted(taken.getPort(), taken.getHost()))
        : Optional.empty();
  }
}
