// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import dev.bertctl.application.SignalHandlers;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.http.HttpServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Loads the models and serves them until it is told to end. The port is open from the beginning, so
 * that whoever watches it sees that it lives and is not ready yet.
 */
public final class Server implements QuarkusApplication {

  private static final Logger LOG = Logger.getLogger("dev.bertctl.server");

  private final ServedModels models;
  private final HttpServer http;
  private final String host;
  private final AtomicBoolean ending = new AtomicBoolean();

  Server(
      ServedModels models,
      HttpServer http,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.models = models;
    this.http = http;
    this.host = host;
  }

  @Override
  public int run(String... args) {
    new SignalHandlers(this::received);
    models.open();
    for (ServedModel model : models.all()) {
      LOG.infof(
          "%s (%s on %s) at %s/v1/models/%s/predict, loaded in %s",
          model.name(),
          model.predictor().saved().task(),
          model.predictor().device(),
          address(),
          model.name(),
          seconds(model.loading()));
    }
    Quarkus.waitForExit();
    return 0;
  }

  /**
   * Ends in order before Java begins to shut down: there native libraries free what they have at
   * once, in threads of their own, while batches are computed still. What was taken is answered; as
   * long as models are loaded there is nothing. A second signal ends the process at once.
   */
  private void received(int exitCode) {
    if (ending.getAndSet(true) || models.state() == ServedModels.State.LOADING) {
      Runtime.getRuntime().halt(exitCode);
    }
    Quarkus.asyncExit(exitCode);
  }

  private String address() {
    return http.getSecurePort() > 0
        ? "https://%s:%d".formatted(host, http.getSecurePort())
        : "http://%s:%d".formatted(host, http.getPort());
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1e3);
  }
}
