// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The responses of requests that fail. */
public final class ProblemResponse {

  private static final String RETRY_SECONDS = "1";

  private ProblemResponse() {}

  /** Headers that belong to a kind of problem. */
  private static Map<String, String> headers(ProblemType type, RoutingContext request) {
    return switch (type) {
      case OVERLOADED, UNAVAILABLE -> Map.of("Retry-After", RETRY_SECONDS);
      case UNAUTHORIZED -> Map.of("WWW-Authenticate", "Bearer");
      // The rest of the body is not waited for; in HTTP/2 the stream ends by itself.
      case TOO_LARGE ->
          request.request().version() == HttpVersion.HTTP_2
              ? Map.of()
              : Map.of("Connection", "close");
      default -> Map.of();
    };
  }

  /**
   * A response in a protocol's own words.
   *
   * @param type what kind of problem it is, which headers belong to
   * @param body what the protocol says
   */
  public static Response of(int status, ProblemType type, Object body, RoutingContext request) {
    Response.ResponseBuilder response =
        Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
    headers(type, request).forEach(response::header);
    return response.build();
  }

  /** Answers a request that goes no further. */
  public static void write(RoutingContext request, ProblemException problem) {
    HttpServerResponse response = request.response();
    headers(problem.type(), request).forEach(response::putHeader);
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
