// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run that nobody would wait for ends, and says what it found. */
@Timeout(120)
class EarlyEndTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final long MOST_BYTES = 2_000_000;

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void serve() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(EarlyEndTest::handle)
            // Clients hang up on purpose.
            .exceptionHandler(gone -> {})
            .connectionHandler(connection -> connection.exceptionHandler(gone -> {}))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void handle(HttpServerRequest request) {
    request.exceptionHandler(gone -> {});
    if (Long.parseLong(request.getHeader("Content-Length")) > MOST_BYTES) {
      request.response().setStatusCode(413).putHeader("Connection", "close").end();
    } else {
      request.bodyHandler(body -> answer(request, body));
    }
  }

  /** What bertctl would answer whose model finds all texts alike. */
  private static void answer(HttpServerRequest request, Buffer body) {
    try {
      JsonNode row = JSON.readTree(body.getBytes()).path("rows").path(0);
      ObjectNode response = JSON.createObjectNode();
      ObjectNode prediction = row.deepCopy();
      prediction.putObject("probabilities").put("good", 0.75);
      response.putArray("predictions").add(prediction);
      request.response().end(response.toString());
    } catch (IOException | ClassCastException e) {
      request.response().setStatusCode(400).end();
    }
  }

  private int run(String... more) {
    String target =
        "stub=native:http://localhost:%d/v1/models/text/predict".formatted(server.actualPort());
    String[] arguments = {
      "--target",
      target,
      "--report",
      folder.toString(),
      "--round=20",
      "--rounds=1",
      "--seconds=1",
      "--texts=5",
      "--clients=4"
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return new CommandLine(new RunCommand()).execute(all);
  }

  private JsonNode report() {
    try {
      return JSON.readTree(folder.resolve("report.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDeadlineEndsTheLongRun() {
    long wanted = 1L << 50;
    assertEquals(1, run("--requests=" + wanted, "--deadline=0"));
    JsonNode report = report();
    assertEquals("not done within 0 minutes", report.path("ended_early").asText());
    JsonNode soak = report.path("soak");
    assertEquals(wanted, soak.path("requests").asLong());
    assertEquals(soak.path("sent").asLong(), soak.path("ends").path("right").asLong());
    assertTrue(soak.path("sent").asLong() < wanted);
    assertTrue(
        report.path("failures").toString().contains("ended early: not done within 0 minutes"),
        report::toString);
    assertEquals(1, report.path("throughput").path("stub").path("rates").size());
  }

  @Test
  void whatIsDoneInTimeIsNoEarlyEnd() {
    run("--requests=100");
    JsonNode report = report();
    assertTrue(report.path("ended_early").isMissingNode(), report::toString);
    assertEquals(100, report.path("soak").path("ends").path("right").asLong());
  }
}
