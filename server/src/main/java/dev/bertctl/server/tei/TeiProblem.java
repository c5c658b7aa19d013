// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.problem.Problem;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemResponse;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.problem.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Gives failed requests text-embeddings-inference's responses. */
@Singleton
final class TeiProblem {

  private static final int FAILED_DEPENDENCY = 424;

  private final TeiMetrics metrics;

  TeiProblem(TeiMetrics metrics) {
    this.metrics = metrics;
  }

  Response of(Throwable failure, RoutingContext request) {
    ProblemException problem = Problems.of(failure);
    metrics.failed(problem.type());
    return ProblemResponse.of(
        status(problem.type()),
        problem.type(),
        new Problem(problem.getMessage(), errorType(problem.type())),
        request);
  }

  static int status(ProblemType type) {
    return type == ProblemType.INTERNAL ? FAILED_DEPENDENCY : type.status();
  }

  static String errorType(ProblemType type) {
    return switch (type) {
      case EMPTY -> "Empty";
      case OVERLOADED -> "Overloaded";
      case UNAVAILABLE -> "Unhealthy";
      case INTERNAL, OTHER_MODEL, DEADLINE_EXCEEDED -> "Backend";
      default -> "Validation";
    };
  }
}
