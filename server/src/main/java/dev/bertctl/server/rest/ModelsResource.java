// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.rest;

import dev.bertctl.runtime.UserException;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The models that are served. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public final class ModelsResource {

  private final ServedModels models;

  ModelsResource(ServedModels models) {
    this.models = models;
  }

  /**
   * All models.
   *
   * @param models in the order in which they were named
   */
  public record Models(List<ModelDescription> models) {}

  /** All models. */
  @GET
  public Models list() {
    return new Models(models.all().stream().map(ModelDescription::of).toList());
  }

  /** One model. */
  @GET
  @Path("/{name}")
  public ModelDescription get(@PathParam("name") String name) {
    return ModelDescription.of(models.get(name));
  }

  /** Loads a model again from its folder. */
  @POST
  @Blocking
  @Path("/{name}/reload")
  public ModelDescription reload(@PathParam("name") String name) {
    try {
      return ModelDescription.of(models.reload(name));
    } catch (UserException e) {
      throw new ProblemException(
          ProblemType.VALIDATION, "the model as it was is served on: " + e.getMessage(), e);
    }
  }
}
