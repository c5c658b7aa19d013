// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;

import dev.bertctl.application.PrintedStream;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;

/**
 * Examples in helps: each stays on its line however narrow the window is, so that it can be copied.
 */
final class HelpExamples {

  private HelpExamples() {}

  /** The sections of a command's help, with examples as they are. */
  static Map<String, IHelpSectionRenderer> unwrapped(CommandLine commands) {
    Map<String, IHelpSectionRenderer> sections = new LinkedHashMap<>(commands.getHelpSectionMap());
    sections.put(
        SECTION_KEY_FOOTER,
        help -> {
          StringBuilder lines = new StringBuilder();
          for (String line : help.commandSpec().usageMessage().footer()) {
            lines.append(line).append(System.lineSeparator());
          }
          return lines.toString();
        });
    sections.replaceAll((name, section) -> help -> PrintedStream.ownColours(section.render(help)));
    return sections;
  }
}
