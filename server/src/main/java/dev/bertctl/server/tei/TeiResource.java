// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The protocol of text-embeddings-inference, answered by the first model that can. */
@Path("/")
public final class TeiResource extends TeiMethods {

  private final TeiProblem problems;

  TeiResource(TeiCalls calls, TeiProblem problems) {
    super(calls);
    this.problems = problems;
  }

  /** Whether models are served. */
  @Operation(summary = "Whether models are served")
  @GET
  @Path("ping")
  public Response ping() {
    return calls.ping();
  }

  @ServerExceptionMapper
  Response failed(Throwable failure, RoutingContext request) {
    return problems.of(failure, request);
  }
}
