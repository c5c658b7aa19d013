// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.rest;

import dev.bertctl.core.output.Probabilities;
import dev.bertctl.core.output.RowLayout;
import dev.bertctl.runtime.UserException;
import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.predict.PredictionService;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Predictions as {@code bertctl predict} prints them. */
@Path("/v1/models/{name}/predict")
public final class PredictResource {

  private final ServerSettings settings;
  private final RequestBody body;
  private final PredictionService service;

  PredictResource(ServerSettings settings, RequestBody body, PredictionService service) {
    this.settings = settings;
    this.body = body;
    this.service = service;
  }

  /**
   * What is predicted.
   *
   * @param model the model's name
   * @param predictions of each row its columns and the prediction, in the request's order
   */
  public record Predictions(String model, List<Map<String, Object>> predictions) {}

  /** Predicts for the rows of a request. */
  @POST
  @Blocking
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public CompletableFuture<Predictions> predict(
      @PathParam("name") String name,
      @QueryParam("probabilities") @DefaultValue("all") String probabilities,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    Deadline deadline = Deadline.in(settings.timeout(), timeout);
    RowLayout layout = new RowLayout(List.of(), parsed(probabilities));
    CompletableFuture<Answers> answers =
        service.predict(name, RequestRows.of(body.json(request)), deadline);
    CompletableFuture<Predictions> predictions =
        answers.thenApply(done -> new Predictions(name, rows(done, layout)));
    // Quarkus cancels what it was given when the client is gone.
    predictions.whenComplete((done, failure) -> answers.cancel(false));
    return predictions;
  }

  private static Probabilities parsed(String text) {
    try {
      return Probabilities.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemType.VALIDATION, "probabilities: " + e.getMessage(), e);
    }
  }

  private static List<Map<String, Object>> rows(Answers answers, RowLayout layout) {
    try {
      return answers.rows().stream()
          .map(row -> layout.row(row.prepared().example(), row.answer().prediction()))
          .toList();
    } catch (UserException e) {
      throw new ProblemException(ProblemType.VALIDATION, e.getMessage(), e);
    }
  }
}
