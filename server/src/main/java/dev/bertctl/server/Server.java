// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Loads the models and serves them until it is told to end. The port is open from the beginning, so
 * that whoever watches it sees that it lives and is not ready yet.
 */
public final class Server implements QuarkusApplication {

  private static final Logger LOG = Logger.getLogger("dev.bertctl.server");

  private final ServedModels models;
  private final String host;
  private final int port;

  Server(
      ServedModels models,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    this.models = models;
    this.host = host;
    this.port = port;
  }

  @Override
  public int run(String... args) {
    models.open();
    for (ServedModel model : models.all()) {
      LOG.infof(
          "%s (%s) at http://%s:%d/v1/models/%s/predict, loaded in %s",
          model.name(),
          model.predictor().saved().task(),
          host,
          port,
          model.name(),
          seconds(model.loading()));
    }
    Quarkus.waitForExit();
    return 0;
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1e3);
  }
}
