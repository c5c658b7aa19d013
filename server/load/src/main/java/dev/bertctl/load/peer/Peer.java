// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** HTTP before the queue, by the library that Quarkus uses; tokenises in threads of its own. */
final class Peer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OnnxClassifier model;
  private final BatchQueue queue;
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService tokenisers =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final HttpServer server;

  Peer(OnnxClassifier model, BatchQueue queue, int port) {
    this.model = model;
    this.queue = queue;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(port, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    request
        .body()
        .onSuccess(body -> tokenisers.execute(() -> predict(request.response(), body, context)));
  }

  private void predict(HttpServerResponse response, Buffer body, Context context) {
    try {
      JsonNode inputs = JSON.readTree(body.getBytes()).path("inputs");
      if (!inputs.isTextual()) {
        end(response, context, 422, "{\"error\":\"inputs: give a text\"}");
        return;
      }
      Optional<Input> taken = queue.submit(model.tokenise(inputs.asText()));
      if (taken.isEmpty()) {
        end(response, context, 429, "{\"error\":\"overloaded\"}");
        return;
      }
      Input input = taken.get();
      context.runOnContext(on -> response.closeHandler(gone -> input.scores().cancel(false)));
      input
          .scores()
          .whenComplete(
              (scores, failure) -> {
                if (scores != null) {
                  end(response, context, 200, ranked(scores));
                } else if (!input.scores().isCancelled()) {
                  end(response, context, 424, "{\"error\":\"backend\"}");
                }
              });
    } catch (IOException e) {
      end(response, context, 400, "{\"error\":\"no JSON\"}");
    }
  }

  private String ranked(float... scores) {
    ArrayNode all = JSON.createArrayNode();
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -scores[i]))
        .forEach(i -> all.addObject().put("label", model.labels().get(i)).put("score", scores[i]));
    return all.toString();
  }

  private static void end(HttpServerResponse response, Context context, int status, String body) {
    context.runOnContext(
        on -> {
          if (!response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", "application/json").end(body);
          }
        });
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
    tokenisers.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
