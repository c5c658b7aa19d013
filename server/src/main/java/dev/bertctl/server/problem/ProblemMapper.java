// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.problem;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Gives failed requests their responses. */
final class ProblemMapper {

  @ServerExceptionMapper
  Response of(WebApplicationException refused) {
    int status = refused.getResponse().getStatus();
    ProblemType type =
        Arrays.stream(ProblemType.values())
            .filter(known -> known.status() == status)
            .findFirst()
            .orElse(status < 500 ? ProblemType.MALFORMED : ProblemType.INTERNAL);
    String message =
        switch (type) {
          case NOT_FOUND -> "there is no such path; /openapi lists those there are";
          case UNSUPPORTED_MEDIA_TYPE -> "the body's Content-Type must be application/json";
          case METHOD_NOT_ALLOWED -> "the path is not for this method; /openapi lists what is";
          default -> refused.getMessage();
        };
    return Response.fromResponse(refused.getResponse())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Problem(message, type.text()))
        .build();
  }

  @ServerExceptionMapper
  Response of(NotFoundException refused) {
    return of((WebApplicationException) refused);
  }

  @ServerExceptionMapper
  Response of(Throwable failure, RoutingContext request) {
    ProblemException problem = Problems.of(failure);
    return ProblemResponse.of(problem.type().status(), problem.type(), problem.problem(), request);
  }
}
