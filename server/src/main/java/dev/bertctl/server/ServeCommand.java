// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import io.quarkus.runtime.Quarkus;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bertctl serve MODEL...}: serves models over HTTP. */
@Command(name = "bertctl serve", description = "Serves models over HTTP.")
final class ServeCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "MODEL", description = "FOLDER or NAME=FOLDER.")
  private List<String> models;

  @Option(names = "--port", defaultValue = "8080", description = "Port (${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--host", defaultValue = "localhost", description = "Host (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() {
    System.setProperty("quarkus.http.host", host);
    System.setProperty("quarkus.http.port", Integer.toString(port));
    for (int i = 0; i < models.size(); i++) {
      System.setProperty("%s.models[%d]".formatted(ServerSettings.PREFIX, i), models.get(i));
    }
    AtomicInteger exitCode = new AtomicInteger();
    Quarkus.run(Server.class, (code, failure) -> exitCode.set(code));
    return exitCode.get();
  }
}
