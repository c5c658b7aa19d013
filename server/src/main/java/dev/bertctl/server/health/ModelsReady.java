// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.health;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as requests are taken: not before the models are loaded, and not at the end. */
@Readiness
@Singleton
final class ModelsReady implements HealthCheck {

  private final ServedModels models;

  ModelsReady(ServedModels models) {
    this.models = models;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("models")
        .status(models.state() == ServedModels.State.SERVING)
        .withData("state", models.state().name())
        .withData(
            "models",
            models.all().stream().map(ServedModel::name).collect(Collectors.joining(", ")))
        .build();
  }
}
