// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The responses of requests that fail. */
public final class ProblemResponse {

  private static final String RETRY_SECONDS = "1";

  private ProblemResponse() {}

  /** Headers that belong to a kind of problem. */
  static Map<String, String> headers(ProblemType type) {
    return switch (type) {
      case OVERLOADED, UNAVAILABLE -> Map.of("Retry-After", RETRY_SECONDS);
      case UNAUTHORIZED -> Map.of("WWW-Authenticate", "Bearer");
      default -> Map.of();
    };
  }

  /** Answers a request that goes no further. */
  public static void write(HttpServerResponse response, ProblemException problem) {
    headers(problem.type()).forEach(response::putHeader);
    response
        .setStatusCode(problem.type().status())
        .putHeader("Content-Type", "application/json")
        .end(
            new JsonObject()
                .put("error", problem.problem().error())
                .put("error_type", problem.problem().errorType())
                .encode());
  }
}
