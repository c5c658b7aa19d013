// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts, ends and options of the packaged server, with a model that takes its time. */
@Timeout(180)
class ServeProcessIT {

  private static final String MODEL = "text-classification";

  @TempDir static Path folder;

  private static Path run;

  /** A few seconds of computing. */
  private static final List<Map<String, String>> MUCH =
      Collections.nCopies(200, Map.of("text", "the old cat sees ".repeat(120)));

  @BeforeAll
  static void save() {
    run = TinyModels.slow(folder, MODEL, Map.of("labels", "bad,good", "text-pair", "false"));
  }

  private static void await(BooleanSupplier event) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!event.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "still waiting after a minute");
      Thread.sleep(20);
    }
  }

  private static double queue(ServedApp app) {
    return metric(app, "bertctl_queue_size", MODEL);
  }

  private static double metric(ServedApp app, String name, String label) {
    try {
      return app.metric(name, label);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWasTakenIsAnsweredBeforeTheEnd() throws Exception {
    try (ServedApp app = ServedApp.start(folder, Map.of(), run.toString())) {
      CompletableFuture<HttpResponse<String>> taken =
          app.client().sendAsync(app.predict(MODEL, MUCH), BodyHandlers.ofString());
      await(() -> queue(app) > 0);
      app.process().destroy();
      // Readiness goes first.
      await(
          () -> {
            try {
              return app.get("/health/ready").statusCode() == 503 || taken.isDone();
            } catch (Exception e) {
              return true;
            }
          });
      assertFalse(taken.isDone(), "the request is over too soon to show anything");
      HttpResponse<String> late = app.send(app.predict(MODEL, Map.of("text", "a cat")));

      assertEquals(503, late.statusCode(), late::body);
      assertEquals(
          "the server is ending; try another one", ServedApp.json(late).get("error").asText());
      HttpResponse<String> response = taken.join();
      assertEquals(200, response.statusCode(), response::body);
      assertEquals(MUCH.size(), ServedApp.json(response).get("predictions").size());
      assertTrue(app.process().waitFor(60, TimeUnit.SECONDS));
      assertEquals(143, app.process().exitValue(), app::log);
    }
  }

  @Test
  void aClientThatHangsUpIsNotComputedFor() throws Exception {
    try (ServedApp app = ServedApp.start(folder, Map.of(), run.toString())) {
      byte[] body = ServedApp.text(MUCH).getBytes(StandardCharsets.UTF_8);
      try (Socket socket = new Socket("localhost", app.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(
            "POST /v1/models/%s/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(MODEL, body.length)
                .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
        await(() -> queue(app) > 0);
      }
      await(() -> queue(app) == 0);

      // A request is counted when its answer, that nobody reads, has been given up.
      await(() -> metric(app, "bertctl_request_seconds_count", "status=\"499\"") == 1);
      assertTrue(
          app.metric("bertctl_batch_size_sum", MODEL) < MUCH.size(), "all of it was computed");
      assertEquals(
          "", app.log().lines().filter(line -> line.contains("ERROR")).findAny().orElse(""));
    }
  }

  @Test
  void aFullQueueAndDeadlinesAreTold() throws Exception {
    try (ServedApp app = ServedApp.start(folder, Map.of(), run.toString(), "--max-queue", "200")) {
      CompletableFuture<HttpResponse<String>> first =
          app.client().sendAsync(app.predict(MODEL, MUCH), BodyHandlers.ofString());
      await(() -> queue(app) > 0);

      HttpResponse<String> refused =
          app.send(app.predict(MODEL, Collections.nCopies(200, Map.of("text", "a cat"))));

      assertEquals(429, refused.statusCode(), refused::body);
      assertEquals("Overloaded", ServedApp.json(refused).get("error_type").asText());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      assertEquals(200, first.join().statusCode(), first.join()::body);
      HttpRequest hasty =
          app.request("/v1/models/%s/predict".formatted(MODEL))
              .header("Content-Type", "application/json")
              .header("X-Request-Timeout", "0.05")
              .POST(HttpRequest.BodyPublishers.ofString(ServedApp.text(MUCH)))
              .build();
      HttpResponse<String> late = app.send(hasty);
      assertEquals(504, late.statusCode(), late::body);
      assertEquals(200, app.send(app.predict(MODEL, Map.of("text", "a cat"))).statusCode());
    }
  }

  @Test
  void withKeysOnlyProbesGetInWithout() throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), "# clients\nfrom-file\n");
    try (ServedApp app =
        ServedApp.start(
            folder,
            Map.of("BERTCTL_API_KEY", "one,two"),
            "mine=" + run,
            "--api-key-file=" + file,
            "--access-log",
            "--log-format=json")) {
      String body = ServedApp.text(Map.of("text", "the secret cat"));
      for (String key : List.of("one", "two", "from-file")) {
        assertEquals(200, app.send(with(app, key, body)).statusCode());
      }
      HttpResponse<String> wrong = app.send(with(app, "three", body));
      assertEquals(401, wrong.statusCode());
      assertEquals("Bearer", wrong.headers().firstValue("WWW-Authenticate").orElse(""));
      for (String path : List.of("/v1/models", "/metrics", "/openapi")) {
        assertEquals(401, app.get(path).statusCode(), path);
      }
      assertEquals(200, app.get("/health/live").statusCode());
      assertEquals(200, app.get("/").statusCode());
      HttpRequest usual =
          app.request("/")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\": \"a cat\"}"))
              .build();
      assertEquals(401, app.send(usual).statusCode(), "the page's path takes requests, too");

      List<String> lines = app.log().lines().toList();
      assertTrue(lines.stream().anyMatch(line -> line.contains("POST /v1/models/mine/predict")));
      assertFalse(app.log().contains("secret"), "what is asked is not logged");
      for (String line : lines) {
        JsonNode object = ServedApp.JSON.readTree(line);
        assertTrue(object.hasNonNull("level") && object.hasNonNull("message"), line);
      }
    }
  }

  private static HttpRequest with(ServedApp app, String key, String body) {
    return app.request("/v1/models/mine/predict")
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  @Test
  void aChangedModelIsLoadedAgain() throws Exception {
    Path changed =
        TinyModels.run(
            folder.resolve("changed"),
            "nli",
            Map.of("labels", "entailment,neutral,contradiction"),
            1);
    Map<String, String> row = Map.of("premise", "the cat", "hypothesis", "a dog");
    try (ServedApp app = ServedApp.start(folder, Map.of(), changed.toString(), "--reload")) {
      String before = app.send(app.predict("nli", row)).body();
      TinyModels.run(
          folder.resolve("changed"),
          "nli",
          Map.of("labels", "entailment,neutral,contradiction"),
          2);

      await(() -> app.log().contains("model 'nli' was loaded again"));

      assertFalse(before.equals(app.send(app.predict("nli", row)).body()));
    }
  }

  @Test
  void aPoolingThatCannotBeComputedIsToldOf() throws Exception {
    Path log = folder.resolve("pooling.log");
    TinyModels.run(folder.resolve("pooled"), MODEL, Map.of("labels", "bad,good"), 1);
    Path encoder = folder.resolve("pooled").resolve(MODEL).resolve("encoder");
    Path file = Files.createDirectory(encoder.resolve("1_Pooling")).resolve("config.json");
    Files.writeString(file, "{\"pooling_mode_lasttoken\": true}");

    Process process =
        ServedApp.process(
            log,
            Map.of(),
            List.of("vectors=%s@embeddings,max-length=32".formatted(encoder), "--port", "0"));

    assertEquals(1, process.waitFor());
    assertEquals(
        "bertctl: %s: the model's pooling is lasttoken, and only cls, mean and max can be computed, one of them; choose another model, or set 'pooling' for vectors that it was not trained for\n"
            .formatted(file),
        Files.readString(log));
  }

  @Test
  void withoutAModelItDoesNotStart() throws Exception {
    Path log = folder.resolve("none.log");
    Path none = folder.resolve("none");

    Process process = ServedApp.process(log, Map.of(), List.of(none.toString(), "--port", "0"));

    assertEquals(1, process.waitFor());
    assertEquals(
        "bertctl: %s: no model saved by bertctl (no bertctl.json here or in model/); give the folder of a finished run, such as runs/nli\n"
            .formatted(none),
        Files.readString(log));
  }
}
