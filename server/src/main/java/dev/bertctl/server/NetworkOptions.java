// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Who can reach the server, and how. */
@Command
final class NetworkOptions {

  private static final int MOST_PORT = 65_535;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to listen at; 0 for any that is free. ${DEFAULT-VALUE} unless given.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "localhost",
      description =
          "Address to listen at; 0.0.0.0 for all, which lets other machines in. ${DEFAULT-VALUE}"
              + " unless given.")
  private String host;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description =
          "File of API keys, one a line; also BERTCTL_API_KEY in the environment. With any, requests"
              + " need 'Authorization: Bearer KEY'.")
  private Optional<Path> apiKeys = Optional.empty();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate chain (PEM): serves HTTPS instead of HTTP.")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key (PEM).")
  private Optional<Path> key = Optional.empty();

  void addTo(LaunchSettings settings, CommandLine command) {
    if (port < 0 || port > MOST_PORT) {
      throw new ParameterException(
          command, "--port %d: give one from 0 to %d".formatted(port, MOST_PORT));
    }
    if (certificate.isPresent() != key.isPresent()) {
      throw new ParameterException(
          command,
          certificate.isPresent() ? "--tls-cert needs --tls-key" : "--tls-key needs --tls-cert");
    }
    settings.quarkus("http.host", host);
    apiKeys.ifPresent(file -> settings.own("api-key-file", file.toAbsolutePath()));
    if (certificate.isEmpty()) {
      settings.quarkus("http.port", port);
      return;
    }
    settings.quarkus("http.ssl-port", port);
    settings.quarkus("http.insecure-requests", "disabled");
    settings.quarkus("http.tls-configuration-name", "server");
    settings.quarkus("tls.server.key-store.pem.0.cert", certificate.get().toAbsolutePath());
    settings.quarkus("tls.server.key-store.pem.0.key", key.get().toAbsolutePath());
    // A certificate that is renewed is taken without a restart.
    settings.quarkus("tls.server.reload-period", "1h");
  }
}
