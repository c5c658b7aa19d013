// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.predict.Deadline;
import io.smallrye.common.annotation.Blocking;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The methods of text-embeddings-inference's protocol. JAX-RS finds them in the two resources that
 * have them at their paths: without a name in it the first model that can is the one that answers.
 */
@Tag(name = "text-embeddings-inference")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public abstract class TeiMethods {

  final TeiCalls calls;

  TeiMethods(TeiCalls calls) {
    this.calls = calls;
  }

  /** What the model is for: scores, ranks or vectors. */
  @Operation(summary = "What the model is for: scores, ranks or vectors")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.EMBED)))
  @POST
  @Blocking
  @Path("")
  public CompletableFuture<Response> usual(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.usual(Optional.ofNullable(name), timeout, request);
  }

  /** A score for each label of a text or a pair. */
  @Operation(summary = "A score for each label of a text or a pair")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.PREDICT)))
  @POST
  @Blocking
  @Path("predict")
  public CompletableFuture<Response> predict(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.predict(Optional.ofNullable(name), timeout, request);
  }

  /** A vector for each text. */
  @Operation(summary = "A vector for each text")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.EMBED)))
  @POST
  @Blocking
  @Path("embed")
  public CompletableFuture<Response> embed(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.embed(Optional.ofNullable(name), timeout, request);
  }

  /** A vector for each token of each text. */
  @Operation(summary = "A vector for each token of each text")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.EMBED_ALL)))
  @POST
  @Blocking
  @Path("embed_all")
  public CompletableFuture<Response> embedAll(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.embedAll(Optional.ofNullable(name), timeout, request);
  }

  /** Texts by how well they go with a query. */
  @Operation(summary = "Texts by how well they go with a query")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.RERANK)))
  @POST
  @Blocking
  @Path("rerank")
  public CompletableFuture<Response> rerank(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.rerank(Optional.ofNullable(name), timeout, request);
  }

  /** How similar sentences are to another one. */
  @Operation(summary = "How similar sentences are to another one")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.SIMILARITY)))
  @POST
  @Blocking
  @Path("similarity")
  public CompletableFuture<Response> similarity(
      @PathParam("name") String name,
      @HeaderParam(Deadline.HEADER) String timeout,
      InputStream request) {
    return calls.similarity(Optional.ofNullable(name), timeout, request);
  }

  /** The tokens of texts. */
  @Operation(summary = "The tokens of texts")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.TOKENIZE)))
  @POST
  @Blocking
  @Path("tokenize")
  public List<List<TokenizeCall.Token>> tokenize(
      @PathParam("name") String name, InputStream request) {
    return calls.tokenize(Optional.ofNullable(name), request);
  }

  /** The texts that token ids stand for. */
  @Operation(summary = "The texts that token ids stand for")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT, example = TeiExamples.DECODE)))
  @POST
  @Blocking
  @Path("decode")
  public List<String> decode(@PathParam("name") String name, InputStream request) {
    return calls.decode(Optional.ofNullable(name), request);
  }

  /** What the model is. */
  @Operation(summary = "What the model is")
  @GET
  @Path("info")
  public Map<String, Object> info(@PathParam("name") String name) {
    return calls.info(Optional.ofNullable(name));
  }
}
