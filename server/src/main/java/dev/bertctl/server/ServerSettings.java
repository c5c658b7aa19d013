// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is served, and how much of it at once. {@link ServeCommand}'s options become these before
 * Quarkus starts; their defaults are here alone.
 */
@ConfigMapping(prefix = ServerSettings.PREFIX)
public interface ServerSettings {

  /** Begins the keys. */
  String PREFIX = "bertctl.server";

  /** Most inputs that wait or are computed at once, of each model. */
  String MAX_QUEUE = "512";

  /** Most tokens of a batch, padding included. */
  String MAX_BATCH_TOKENS = "16384";

  /** Most rows of a request. */
  String MAX_ROWS = "256";

  /** Most bytes of a request's body. */
  String MAX_REQUEST_BYTES = "2000000";

  /** Longest that a client may take to send a request's header, in seconds. */
  String HEADER_TIMEOUT_SECONDS = "30";

  /** Longest that a request may take, in seconds. */
  String TIMEOUT_SECONDS = "60";

  /** The models, as {@link dev.bertctl.server.models.ModelSource#parse(String)} reads them. */
  Optional<List<String>> models();

  /** Where to compute, as {@link dev.bertctl.runtime.tensorflow.Device#of} reads it. */
  @WithDefault("auto")
  String device();

  /** What computes, as {@link dev.bertctl.runtime.engine.Engine#of} reads it. */
  @WithDefault("auto")
  String engine();

  /** What weights are rounded to, as {@link dev.bertctl.runtime.engine.Quantize#of} reads it. */
  @WithDefault("none")
  String quantize();

  /** Folder of installed plugins; empty for the user's own. */
  Optional<Path> plugins();

  /** Most inputs that wait or are computed at once, of each model. */
  @WithDefault(MAX_QUEUE)
  int maxQueue();

  /** Most tokens of a batch, padding included. */
  @WithDefault(MAX_BATCH_TOKENS)
  int maxBatchTokens();

  /** Most rows of a request. */
  @WithDefault(MAX_ROWS)
  int maxRows();

  /** Most bytes of a request's body. */
  @WithDefault(MAX_REQUEST_BYTES)
  int maxRequestBytes();

  /** Longest that a client may take to send a request's header, in seconds. */
  @WithDefault(HEADER_TIMEOUT_SECONDS)
  int headerTimeoutSeconds();

  /** Longest that a client may take to send a request's header. */
  default Duration headerTimeout() {
    return Duration.ofSeconds(headerTimeoutSeconds());
  }

  /** Longest that a request may take, in seconds; clients may ask for less. */
  @WithDefault(TIMEOUT_SECONDS)
  int timeoutSeconds();

  /** Longest that a request may take; clients may ask for less. */
  default Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds());
  }

  /** Whether a model is opened anew when its files change. */
  @WithDefault("false")
  boolean reload();

  /** File with API keys, one a line; without any, and without BERTCTL_API_KEY, none is needed. */
  Optional<Path> apiKeyFile();
}
