// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.rest.RequestBody;
import dev.bertctl.server.text.ModelKind;
import dev.bertctl.server.text.TextModels;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** All calls of the protocol, for a model that is named, or the first that can answer. */
@Singleton
final class TeiCalls {

  private final ServerSettings settings;
  private final RequestBody body;
  private final ServedModels served;
  private final TextModels models;
  private final PredictCall predict;
  private final EmbedCall embed;
  private final RerankCall rerank;
  private final TokenizeCall tokenize;
  private final InfoCall info;

  TeiCalls(
      ServerSettings settings,
      RequestBody body,
      ServedModels served,
      TextModels models,
      PredictCall predict,
      EmbedCall embed,
      RerankCall rerank,
      TokenizeCall tokenize,
      InfoCall info) {
    this.settings = settings;
    this.body = body;
    this.served = served;
    this.models = models;
    this.predict = predict;
    this.embed = embed;
    this.rerank = rerank;
    this.tokenize = tokenize;
    this.info = info;
  }

  CompletableFuture<Response> usual(Optional<String> name, String timeout, InputStream request) {
    ModelKind kind = ModelKind.of(models.choose(name));
    return switch (kind) {
      case CLASSIFIER -> predict(name, timeout, request);
      case RERANKER -> rerank(name, timeout, request);
      case EMBEDDING -> embed(name, timeout, request);
      case TOKEN_EMBEDDING -> embedAll(name, timeout, request);
      case OTHER ->
          throw new ProblemException(
              ProblemType.OTHER_MODEL,
              "the model is of another kind than this protocol knows; use /v1/models/NAME/predict");
    };
  }

  CompletableFuture<Response> predict(Optional<String> name, String timeout, InputStream request) {
    return predict.answer(name, body.json(request), deadline(timeout));
  }

  CompletableFuture<Response> embed(Optional<String> name, String timeout, InputStream request) {
    return embed.embed(name, body.json(request), deadline(timeout));
  }

  CompletableFuture<Response> embedAll(Optional<String> name, String timeout, InputStream request) {
    return embed.embedAll(name, body.json(request), deadline(timeout));
  }

  CompletableFuture<Response> similarity(
      Optional<String> name, String timeout, InputStream request) {
    return embed.similarity(name, body.json(request), deadline(timeout));
  }

  CompletableFuture<Response> rerank(Optional<String> name, String timeout, InputStream request) {
    return rerank.answer(name, body.json(request), deadline(timeout));
  }

  List<List<TokenizeCall.Token>> tokenize(Optional<String> name, InputStream request) {
    return tokenize.tokenize(name, body.json(request));
  }

  List<String> decode(Optional<String> name, InputStream request) {
    return tokenize.decode(name, body.json(request));
  }

  Map<String, Object> info(Optional<String> name) {
    return info.of(name);
  }

  Response ping() {
    boolean serving = served.state() == ServedModels.State.SERVING;
    return Response.status(serving ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .build();
  }

  private Deadline deadline(String timeout) {
    return Deadline.in(settings.timeout(), timeout);
  }
}
