// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemResponse;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.problem.Problems;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** KServe's protocol. */
@Path("/v2")
@Tag(name = "KServe")
@Produces(MediaType.APPLICATION_JSON)
public final class KserveResource {

  private static final String ONE = "models/{model}";
  private static final String VERSION = ONE + "/versions/{version}";
  private static final String READY = "/ready";
  private static final String INFER = "/infer";

  private static final String EXAMPLE =
      "{\"inputs\": [{\"name\": \"text\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [\"A dog sleeps.\"]}]}";

  private final ServerSettings settings;
  private final ServedModels models;
  private final InferCall infer;
  private final String version;

  KserveResource(
      ServerSettings settings,
      ServedModels models,
      InferCall infer,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.settings = settings;
    this.models = models;
    this.infer = infer;
    this.version = version;
  }

  /**
   * What the server is.
   *
   * @param name {@code bertctl}
   * @param version its version
   * @param extensions of the protocol
   */
  public record ServerMetadata(String name, String version, List<String> extensions) {}

  /** What the server is. */
  @Operation(summary = "What the server is")
  @GET
  public ServerMetadata server() {
    return new ServerMetadata("bertctl", version, List.of("binary_tensor_data"));
  }

  /** Whether the server lives. */
  @Operation(summary = "Whether the server lives")
  @GET
  @Path("health/live")
  public Map<String, Boolean> live() {
    return Map.of("live", true);
  }

  /** Whether models are served. */
  @Operation(summary = "Whether models are served")
  @GET
  @Path("health/ready")
  public Response ready() {
    boolean ready = models.state() == ServedModels.State.SERVING;
    return Response.status(ready ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .entity(Map.of("ready", ready))
        .build();
  }

  /** What a model takes and gives. */
  @Operation(summary = "What a model takes and gives")
  @GET
  @Path(ONE)
  public Object model(@PathParam("model") String model) {
    return ModelMetadata.of(models.get(model));
  }

  /** What a version of a model takes and gives. */
  @Operation(summary = "What a version of a model takes and gives")
  @GET
  @Path(VERSION)
  public Object model(@PathParam("model") String model, @PathParam("version") String number) {
    requireVersion(number);
    return model(model);
  }

  /** Whether a model is served. */
  @Operation(summary = "Whether a model is served")
  @GET
  @Path(ONE + READY)
  public Response ready(@PathParam("model") String model) {
    models.get(model);
    boolean ready = models.state() == ServedModels.State.SERVING;
    return Response.status(ready ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .entity(Map.of("name", model, "ready", ready))
        .build();
  }

  /** Whether a version of a model is served. */
  @Operation(summary = "Whether a version of a model is served")
  @GET
  @Path(VERSION + READY)
  public Response ready(@PathParam("model") String model, @PathParam("version") String number) {
    requireVersion(number);
    return ready(model);
  }

  /** Predictions. */
  @Operation(summary = "Predictions")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = EXAMPLE)))
  @POST
  @Blocking
  @Consumes(MediaType.WILDCARD)
  @Path(ONE + INFER)
  public CompletableFuture<Response> infer(
      @PathParam("model") String model,
      @HeaderParam(InferCall.JSON_LENGTH) String jsonLength,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return infer.answer(model, jsonLength, request, Deadline.in(settings.timeout(), timeout));
  }

  /** Predictions of a version. */
  @Operation(summary = "Predictions of a version")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = EXAMPLE)))
  @POST
  @Blocking
  @Consumes(MediaType.WILDCARD)
  @Path(VERSION + INFER)
  public CompletableFuture<Response> infer(
      @PathParam("model") String model,
      @PathParam("version") String number,
      @HeaderParam(InferCall.JSON_LENGTH) String jsonLength,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    requireVersion(number);
    return infer(model, jsonLength, timeout, request);
  }

  private static void requireVersion(String number) {
    if (!number.equals(ModelMetadata.VERSION)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "there is no version '%s'; models have the version %s only"
              .formatted(number, ModelMetadata.VERSION));
    }
  }

  @ServerExceptionMapper
  Response failed(Throwable failure, RoutingContext request) {
    ProblemException problem = Problems.of(failure);
    return ProblemResponse.of(
        problem.type().status(), problem.type(), Map.of("error", problem.getMessage()), request);
  }
}
