// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.bertctl.runtime.UserException;
import dev.bertctl.server.models.ServedModel;
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
   * @param object {@code list}, for clients of OpenAI
   * @param data the same models for clients of OpenAI
   * @param models in the order in which they were named
   */
  public record Models(String object, List<OpenAiModel> data, List<ModelDescription> models) {}

  /**
   * A model as clients of OpenAI read it.
   *
   * @param id its name
   * @param object {@code model}
   * @param created when it was opened, in seconds since 1970
   * @param ownedBy {@code bertctl}
   */
  public record OpenAiModel(
      String id, String object, long created, @JsonProperty("owned_by") String ownedBy) {

    static OpenAiModel of(ServedModel model) {
      return new OpenAiModel(model.name(), "model", model.opened().getEpochSecond(), "bertctl");
    }
  }

  /**
   * A model, for clients of OpenAI too.
   *
   * @param openAi what they read
   * @param description what others read
   */
  public record OneModel(
      @JsonUnwrapped OpenAiModel openAi, @JsonUnwrapped ModelDescription description) {}

  /** All models. */
  @GET
  public Models list() {
    return new Models(
        "list",
        models.all().stream().map(OpenAiModel::of).toList(),
        models.all().stream().map(ModelDescription::of).toList());
  }

  /** One model. */
  @GET
  @Path("/{name}")
  public OneModel get(@PathParam("name") String name) {
    ServedModel model = models.get(name);
    return new OneModel(OpenAiModel.of(model), ModelDescription.of(model));
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
