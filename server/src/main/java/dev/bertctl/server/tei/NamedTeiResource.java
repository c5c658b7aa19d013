// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.predict.Deadline;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The protocol of text-embeddings-inference for each model. */
@Path("/tei/{name}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class NamedTeiResource {

  private final TeiCalls calls;
  private final TeiProblem problems;

  NamedTeiResource(TeiCalls calls, TeiProblem problems) {
    this.calls = calls;
    this.problems = problems;
  }

  /** What the model is for: scores, ranks or vectors. */
  @POST
  @Blocking
  @Path("")
  public CompletableFuture<Response> usual(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.usual(Optional.of(name), timeout, request);
  }

  /** A score for each label of a text or a pair. */
  @POST
  @Blocking
  @Path("predict")
  public CompletableFuture<Response> predict(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.predict(Optional.of(name), timeout, request);
  }

  /** A vector for each text. */
  @POST
  @Blocking
  @Path("embed")
  public CompletableFuture<Response> embed(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.embed(Optional.of(name), timeout, request);
  }

  /** A vector for each token of each text. */
  @POST
  @Blocking
  @Path("embed_all")
  public CompletableFuture<Response> embedAll(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.embedAll(Optional.of(name), timeout, request);
  }

  /** Texts by how well they go with a query. */
  @POST
  @Blocking
  @Path("rerank")
  public CompletableFuture<Response> rerank(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.rerank(Optional.of(name), timeout, request);
  }

  /** How similar sentences are to another one. */
  @POST
  @Blocking
  @Path("similarity")
  public CompletableFuture<Response> similarity(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.similarity(Optional.of(name), timeout, request);
  }

  /** The tokens of texts. */
  @POST
  @Blocking
  @Path("tokenize")
  public List<List<TokenizeCall.Token>> tokenize(
      @PathParam("name") String name, InputStream request) {
    return calls.tokenize(Optional.of(name), request);
  }

  /** The texts that token ids stand for. */
  @POST
  @Blocking
  @Path("decode")
  public List<String> decode(@PathParam("name") String name, InputStream request) {
    return calls.decode(Optional.of(name), request);
  }

  /** What the model is. */
  @GET
  @Path("info")
  public Map<String, Object> info(@PathParam("name") String name) {
    return calls.info(Optional.of(name));
  }

  @ServerExceptionMapper
  Response failed(Throwable failure, RoutingContext request) {
    return problems.of(failure, request);
  }
}
