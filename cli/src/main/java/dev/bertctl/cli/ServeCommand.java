// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.UserException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * {@code bertctl serve} as the list of commands has it. The server is an application of its own, so
 * that no other command has one in it; the launcher starts it instead of this.
 */
@Command(
    name = ServeCommand.NAME,
    description = {
      "Serves saved models over HTTP.",
      "",
      "The server is an application of its own, with a help of its own: bertctl serve --help."
    },
    footer = {"  bertctl serve runs/nli", "  bertctl serve reviews=runs/text runs/qa --port 8081"})
final class ServeCommand implements Runnable {

  static final String NAME = "serve";

  @Unmatched private List<String> arguments = List.of();

  @Mixin private CommonOptions common;

  @Override
  public void run() {
    throw new UserException(
        "serve is an application of its own: start it with the launcher ./bertctl, or with java -jar server/target/quarkus-app/quarkus-run.jar %s"
            .formatted(String.join(" ", arguments))
            .strip());
  }
}
