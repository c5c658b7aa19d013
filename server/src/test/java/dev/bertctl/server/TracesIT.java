// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server with a collector of traces, which is here: OTLP over gRPC, that is HTTP/2. */
@Timeout(120)
class TracesIT {

  private static final String MODEL = "text-classification";
  private static final String SERVICE =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  /** In front of a message of gRPC: whether it is compressed, and its length. */
  private static final int PREFIX = 5;

  @TempDir Path folder;

  /** What came, as texts in which the texts among the bytes can be looked for. */
  private final BlockingQueue<String> exports = new LinkedBlockingQueue<>();

  @Test
  void aRequestIsTracedWithoutItsBody() throws Exception {
    Path run = TinyModels.run(folder, MODEL, Map.of("labels", "bad,good", "text-pair", "false"), 1);
    Vertx vertx = Vertx.vertx();
    HttpServer collector = vertx.createHttpServer().requestHandler(this::collect);
    int port =
        collector
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get(1, TimeUnit.MINUTES)
            .actualPort();
    try (ServedApp app =
        ServedApp.start(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Dquarkus.otel.bsp.schedule.delay=100ms"),
            run.toString(),
            "--otlp-endpoint",
            "http://localhost:" + port)) {
      HttpRequest request =
          app.request("/v1/models/%s/predict".formatted(MODEL))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer hidden-key")
              .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"the secret cat\"}"))
              .build();
      HttpResponse<String> response = app.send(request);
      assertEquals(200, response.statusCode(), response::body);

      String export = exportOf("/v1/models/%s/predict".formatted(MODEL));

      assertTrue(export.contains("bertctl"), "the name of the service");
      assertTrue(export.contains("POST"), "the method");
      assertFalse(export.contains("secret"), "what is asked is not sent");
      assertFalse(export.contains("hidden-key"), "no key is sent");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }
  }

  private String exportOf(String path) throws InterruptedException {
    String export;
    do {
      export = exports.poll(1, TimeUnit.MINUTES);
      assertNotNull(export, "no span of " + path);
    } while (!export.contains(path));
    return export;
  }

  private void collect(HttpServerRequest request) {
    assertEquals(SERVICE, request.path());
    request.body().onSuccess(body -> exports.add(text(body.getBytes())));
    request
        .response()
        .putHeader("Content-Type", "application/grpc")
        .putTrailer("grpc-status", "0")
        .end(Buffer.buffer(new byte[PREFIX]));
  }

  private static String text(byte... body) {
    byte[] message = Arrays.copyOfRange(body, PREFIX, body.length);
    return new String(body[0] == 0 ? message : unzipped(message), StandardCharsets.ISO_8859_1);
  }

  private static byte[] unzipped(byte... message) {
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(message))) {
      return unzipped.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
