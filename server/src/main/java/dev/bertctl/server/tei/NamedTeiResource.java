// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The protocol of text-embeddings-inference for each model. */
@Path("/tei/{name}")
public final class NamedTeiResource extends TeiMethods {

  private final TeiProblem problems;

  NamedTeiResource(TeiCalls calls, TeiProblem problems) {
    super(calls);
    this.problems = problems;
  }

  @ServerExceptionMapper
  Response failed(Throwable failure, RoutingContext request) {
    return problems.of(failure, request);
  }
}
