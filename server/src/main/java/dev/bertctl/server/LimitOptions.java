// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much is taken at once. */
@Command
final class LimitOptions {

  @Option(
      names = "--max-queue",
      paramLabel = "N",
      converter = AtLeastOne.class,
      defaultValue = ServerSettings.MAX_QUEUE,
      description =
          "Most rows that wait or are computed at once, of each model; more are refused (429)."
              + " ${DEFAULT-VALUE} unless given.")
  private int maxQueue;

  @Option(
      names = "--max-batch-tokens",
      paramLabel = "N",
      converter = AtLeastOne.class,
      defaultValue = ServerSettings.MAX_BATCH_TOKENS,
      description = "Most tokens of a batch, padding included. ${DEFAULT-VALUE} unless given.")
  private int maxBatchTokens;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      converter = AtLeastOne.class,
      defaultValue = ServerSettings.MAX_ROWS,
      description = "Most rows of a request. ${DEFAULT-VALUE} unless given.")
  private int maxRows;

  @Option(
      names = "--max-request-bytes",
      paramLabel = "N",
      converter = AtLeastOne.class,
      defaultValue = ServerSettings.MAX_REQUEST_BYTES,
      description = "Most bytes of a request's body. ${DEFAULT-VALUE} unless given.")
  private int maxRequestBytes;

  @Option(
      names = "--header-timeout",
      paramLabel = "SECONDS",
      converter = AtLeastOne.class,
      defaultValue = ServerSettings.HEADER_TIMEOUT_SECONDS,
      description =
          "Longest that a client may take to send a request's header; then its connection is closed."
              + " ${DEFAULT-VALUE} unless given.")
  private int headerTimeout;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = AtLeastOne.class,
      defaultValue = ServerSettings.TIMEOUT_SECONDS,
      description =
          "Longest that a request's body, and then its answer, may take; a client asks for less by"
              + " X-Request-Timeout."
              + " ${DEFAULT-VALUE} unless given.")
  private int timeout;

  @Option(
      names = "--drain-timeout",
      paramLabel = "SECONDS",
      converter = AtLeastOne.class,
      defaultValue = "30",
      description =
          "Longest to finish what was taken, when told to end. ${DEFAULT-VALUE} unless given.")
  private int drainTimeout;

  void addTo(LaunchSettings settings) {
    settings.own("max-queue", maxQueue);
    settings.own("max-batch-tokens", maxBatchTokens);
    settings.own("max-rows", maxRows);
    settings.own("max-request-bytes", maxRequestBytes);
    settings.own("header-timeout-seconds", headerTimeout);
    settings.own("timeout-seconds", timeout);
    settings.quarkus("shutdown.timeout", drainTimeout + "s");
    // Larger ones are refused before Quarkus would, whose own limit is lower than this may be.
    settings.quarkus("http.limits.max-body-size", (long) maxRequestBytes + 1);
  }

  /** Makes a number of its text on the command line. */
  static final class AtLeastOne implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
      if (!text.matches("0*[1-9]\\d{0,8}")) {
        throw new TypeConversionException("'%s' is no number from 1 to 999999999".formatted(text));
      }
      return Integer.valueOf(text);
    }
  }
}
