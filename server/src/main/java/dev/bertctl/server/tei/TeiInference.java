// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.predict.PredictionService;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Computes what a call needs, with text-embeddings-inference's limits, metrics and headers. */
@Singleton
public final class TeiInference {

  /** Most inputs of a request. */
  static final int MAX_CLIENT_BATCH = 32;

  private final PredictionService service;
  private final TeiMetrics metrics;

  TeiInference(PredictionService service, TeiMetrics metrics) {
    this.service = service;
    this.metrics = metrics;
  }

  /**
   * Computes.
   *
   * @param body makes the response's body of the answers
   * @return cancelled with the client, and so are the inputs that are not computed yet
   */
  CompletableFuture<Response> answer(TeiRequest request, Function<Answers, Object> body) {
    return answer(request, MAX_CLIENT_BATCH, body);
  }

  /**
   * Computes.
   *
   * @param most how many inputs a request may have
   * @param body makes the response's body of the answers
   */
  public CompletableFuture<Response> answer(
      TeiRequest request, int most, Function<Answers, Object> body) {
    metrics.came(request.method());
    if (request.rows().size() > most) {
      throw new ProblemException(
          ProblemType.VALIDATION,
          "%d inputs are more than the %d that a request may have; send fewer at once"
              .formatted(request.rows().size(), most));
    }
    CompletableFuture<Answers> answers =
        service.predict(
            request.model().name(),
            request.rows(),
            request.truncation().side(),
            request.deadline(),
            check(request));
    CompletableFuture<Response> response =
        answers.thenApply(done -> response(request, done, body.apply(done)));
    // Quarkus cancels what it was given when the client is gone.
    response.whenComplete((done, failure) -> answers.cancel(false));
    return response;
  }

  private static Consumer<List<Prepared>> check(TeiRequest request) {
    return request.truncation().allowed()
        ? prepared -> {}
        : prepared -> requireWhole(request, prepared);
  }

  private static void requireWhole(TeiRequest request, List<Prepared> prepared) {
    for (int i = 0; i < prepared.size(); i++) {
      if (prepared.get(i).isCut()) {
        throw new ProblemException(
            ProblemType.VALIDATION,
            "input %d has more than the model's %d tokens, and 'truncate' is false; shorten it, or let it be cut"
                .formatted(i, request.model().predictor().maxLength()));
      }
    }
  }

  private Response response(TeiRequest request, Answers answers, Object body) {
    metrics.answered(request.method(), answers);
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header("x-compute-type", computeType(request))
        .header("x-compute-time", millis(answers.total()))
        .header("x-compute-characters", request.characters())
        .header("x-compute-tokens", answers.tokens())
        .header("x-total-time", millis(answers.total()))
        .header("x-tokenization-time", millis(answers.tokenized()))
        .header("x-queue-time", millis(answers.queued()))
        .header("x-inference-time", millis(answers.computed()))
        .build();
  }

  private static String computeType(TeiRequest request) {
    return request.model().predictor().device().equals(ComputeDevice.CPU.toString())
        ? "cpu"
        : "gpu+optimized";
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }
}
