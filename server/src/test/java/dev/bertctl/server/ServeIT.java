// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.output.RowLayout;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.spi.decode.Prediction;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server, with a model of each kind of task. */
class ServeIT {

  @TempDir static Path folder;

  private static ServedApp app;

  /** Rows by task. */
  private static final Map<String, Map<String, Object>> ROWS =
      Map.of(
          "nli", Map.of("premise", "the cat sees", "hypothesis", "a bird", "id", 7),
          "text-classification", Map.of("text", "the old house"),
          "ner", Map.of("text", "the red boat likes the river"),
          "qa", Map.of("question", "the cat", "context", "the cat sees a bird on the tree"),
          "multiple-choice",
              Map.of("context", "the dog", "choices", List.of("eats", "likes a cat", "is big")));

  @BeforeAll
  static void start() throws Exception {
    TinyModels.run(folder, "nli", Map.of("labels", "entailment,neutral,contradiction"), 1);
    TinyModels.run(
        folder, "text-classification", Map.of("labels", "bad,good", "text-pair", "false"), 1);
    TinyModels.run(folder, "ner", Map.of("labels", "O,B-PER,I-PER"), 1);
    TinyModels.run(folder, "qa", Map.of("max-question-length", "16", "doc-stride", "32"), 1);
    TinyModels.run(folder, "multiple-choice", Map.of(), 1);
    List<String> arguments = new ArrayList<>();
    ROWS.keySet().forEach(task -> arguments.add(folder.resolve(task).toString()));
    // The encoder that the models were made of.
    arguments.add("vectors=%s@embeddings,max-length=64".formatted(folder.resolve("nli/encoder")));
    arguments.addAll(List.of("--max-request-bytes", "100000", "--max-rows", "64"));
    app = ServedApp.start(folder, Map.of(), arguments.toArray(new String[0]));
  }

  @AfterAll
  static void stop() throws Exception {
    app.close();
  }

  private static void assertProblem(
      int status, String type, String message, HttpResponse<String> response) {
    JsonNode body = ServedApp.json(response);
    assertEquals(message, body.path("error").asText());
    assertEquals(type, body.path("error_type").asText());
    assertEquals(status, response.statusCode());
    assertEquals(
        "application/json", response.headers().firstValue("Content-Type").orElse("").split(";")[0]);
  }

  @Test
  void eachTaskGivesWhatPredictPrints() throws Exception {
    for (Map.Entry<String, Map<String, Object>> task : ROWS.entrySet()) {
      HttpResponse<String> response =
          app.send(app.predict(task.getKey(), Map.of("rows", List.of(task.getValue()))));

      assertEquals(200, response.statusCode(), response::body);
      JsonNode body = ServedApp.json(response);
      assertEquals(task.getKey(), body.get("model").asText());
      assertEquals(1, body.get("predictions").size());
      assertEquals(printed(task.getKey(), task.getValue()), body.get("predictions").get(0));
    }
  }

  private static JsonNode printed(String task, Map<String, Object> row) throws Exception {
    try (Predictor<Prediction> predictor = Predictor.open(folder.resolve(task))) {
      Prepared prepared = predictor.prepare(row);
      Map<String, Object> printed =
          RowLayout.ALL.row(prepared.example(), predictor.compute(prepared));
      return ServedApp.JSON.readTree(ServedApp.text(printed));
    }
  }

  @Test
  void aTaskIsAppliedToAModelThatWasNotSavedForIt() throws Exception {
    JsonNode model = ServedApp.json(app.get("/v1/models/vectors"));
    assertEquals("embeddings", model.get("task").asText());
    assertEquals(64, model.get("max_length").asInt());

    HttpResponse<String> response = app.send(app.predict("vectors", Map.of("text", "a red boat")));

    assertEquals(
        16, ServedApp.json(response).at("/predictions/0/embedding").size(), response::body);
  }

  @Test
  void rowsComeInThreeForms() throws Exception {
    Map<String, Object> row = ROWS.get("nli");
    JsonNode rows = ServedApp.json(app.send(app.predict("nli", Map.of("rows", List.of(row)))));

    assertEquals(rows, ServedApp.json(app.send(app.predict("nli", List.of(row)))));
    assertEquals(rows, ServedApp.json(app.send(app.predict("nli", row))));
  }

  @Test
  void probabilitiesAreGivenAsWanted() throws Exception {
    for (Map.Entry<String, Integer> wanted : Map.of("all", 3, "top:2", 2, "none", 0).entrySet()) {
      HttpRequest request =
          app.request("/v1/models/nli/predict?probabilities=" + wanted.getKey())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(ServedApp.text(ROWS.get("nli"))))
              .build();

      JsonNode prediction = ServedApp.json(app.send(request)).get("predictions").get(0);

      assertEquals(wanted.getValue(), prediction.path("probabilities").size());
    }
  }

  @Test
  void answersOfManyRequestsAreNeverCrossed() throws Exception {
    List<String> words = TinyBert.WORDS;
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (int j = 0; j <= i % 3; j++) {
        String text = String.join(" ", words.subList(0, 1 + (i + j) % words.size()));
        rows.add(Map.of("premise", text, "hypothesis", "a dog", "id", 10 * i + j));
      }
      responses.add(app.client().sendAsync(app.predict("nli", rows), BodyHandlers.ofString()));
    }
    Map<String, Double> byText = new HashMap<>();
    int answered = 0;
    for (int i = 0; i < responses.size(); i++) {
      HttpResponse<String> response = responses.get(i).join();
      if (response.statusCode() == 429) {
        assertEquals("1", response.headers().firstValue("Retry-After").orElse(""));
        continue;
      }
      answered++;
      assertEquals(200, response.statusCode(), response::body);
      JsonNode predictions = ServedApp.json(response).get("predictions");
      assertEquals(1 + i % 3, predictions.size());
      for (int j = 0; j <= i % 3; j++) {
        assertEquals(10 * i + j, predictions.get(j).get("id").asInt());
        double found = predictions.get(j).get("probabilities").get("neutral").asDouble();
        Double same = byText.putIfAbsent(predictions.get(j).get("premise").asText(), found);
        assertEquals(same == null ? found : same, found, 1e-5);
      }
    }
    assertTrue(answered > 100, "most are answered");
    assertTrue(
        byText.values().stream().mapToDouble(value -> value).distinct().count() > 10,
        "texts that cannot be told apart would show nothing");
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    assertProblem(
        422,
        "Validation",
        "row 2: no column 'hypothesis' (also tried 'sentence2'); the row has: premise. Rename the column that holds it",
        app.send(app.predict("nli", List.of(ROWS.get("nli"), Map.of("premise", "a cat")))));
    assertProblem(
        422,
        "Validation",
        "row 2 is a text; give an object with its columns",
        app.send(app.predict("nli", List.of(ROWS.get("nli"), "a cat"))));
    assertProblem(
        422,
        "Validation",
        "unknown field 'row' beside 'rows'",
        app.send(app.predict("nli", "{\"rows\": [], \"row\": 1}")));
    assertProblem(
        400,
        "Malformed",
        "the body is no JSON, line 2, column 10: Unexpected character ('}' (code 125)): expected a value",
        app.send(app.predict("nli", "{\"rows\":\n[{\"text\":}]}")));
    assertProblem(
        400, "Empty", "there are no rows; give at least one", app.send(app.predict("nli", "[]")));
    assertProblem(
        400, "Empty", "the request has no body; give JSON", app.send(app.predict("nli", "")));
    assertEquals(404, app.send(app.predict("nlo", "{}")).statusCode());
    assertTrue(
        app.send(app.predict("nlo", "{}"))
            .body()
            .contains("no model 'nlo' is served; there are: "));
    assertProblem(
        415,
        "UnsupportedMediaType",
        "the body's Content-Type must be application/json",
        app.send(
            app.request("/v1/models/nli/predict")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("a cat"))
                .build()));
    assertProblem(
        404,
        "NotFound",
        "there is no such path; /openapi lists those there are",
        app.get("/v1/nothing"));
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    Map<String, Object> row = ROWS.get("nli");
    assertProblem(
        413,
        "TooLarge",
        "65 rows are more than the 64 that a request may have; send fewer at once",
        app.send(app.predict("nli", Collections.nCopies(65, row))));
    Map<String, String> large = Map.of("premise", "a cat ".repeat(20_000), "hypothesis", "");
    String message =
        "the body has more than the 100,000 bytes that it may have; send fewer rows at once";
    assertProblem(413, "TooLarge", message, app.send(app.predict("nli", large)));
    // Without a length beforehand.
    byte[] bytes = ServedApp.text(large).getBytes(StandardCharsets.UTF_8);
    assertProblem(
        413,
        "TooLarge",
        message,
        app.send(
            app.request("/v1/models/nli/predict")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build()));
    HttpResponse<String> windows =
        app.send(
            app.predict("qa", Map.of("question", "the cat", "context", "a dog ".repeat(16_000))));
    assertEquals(413, windows.statusCode());
    assertTrue(
        ServedApp.json(windows)
            .get("error")
            .asText()
            .matches(
                "row 1: its [\\d,]+ tokens \\([\\d,]+ sequences of up to 128\\) are more than the 16,384 of a batch; send a shorter one"),
        windows::body);
  }

  @Test
  void aRequestWithoutTimeIsNotComputed() throws Exception {
    HttpRequest request =
        app.request("/v1/models/nli/predict")
            .header("Content-Type", "application/json")
            .header("X-Request-Timeout", "0")
            .POST(HttpRequest.BodyPublishers.ofString(ServedApp.text(ROWS.get("nli"))))
            .build();

    assertProblem(
        504,
        "DeadlineExceeded",
        "not done within 0.0 s; its rows are no longer computed",
        app.send(request));
  }

  @Test
  void modelsDescribeThemselves() throws Exception {
    JsonNode models = ServedApp.json(app.get("/v1/models")).get("models");
    assertEquals(ROWS.size() + 1, models.size());

    JsonNode nli = ServedApp.json(app.get("/v1/models/nli"));
    assertEquals("nli", nli.get("task").asText());
    assertEquals("[\"entailment\",\"neutral\",\"contradiction\"]", nli.get("labels").toString());
    assertEquals(128, nli.get("max_length").asInt());
    assertEquals("cpu", nli.get("device").asText());
    assertEquals("premise", nli.get("columns").get(0).get("name").asText());
    for (JsonNode model : models) {
      JsonNode row = model.path("example").path("row");
      assertTrue(row.isObject(), model::toString);
      HttpResponse<String> response = app.send(app.predict(model.get("name").asText(), row));
      assertEquals(
          model.get("example").get("prediction"),
          ServedApp.json(response).path("predictions").path(0),
          response::body);
    }
  }

  @Test
  void theOpenApiDocumentHasTheModelsThatAreLoaded() throws Exception {
    JsonNode document = ServedApp.json(app.get("/openapi?format=json"));

    JsonNode paths = document.get("paths");
    assertFalse(paths.has("/v1/models/{name}/predict"));
    for (String task : ROWS.keySet()) {
      JsonNode post = paths.path("/v1/models/%s/predict".formatted(task)).path("post");
      JsonNode request = post.path("requestBody").path("content").path("application/json");
      assertTrue(request.path("example").path("rows").path(0).isObject(), post::toString);
      assertEquals(200, app.send(app.predict(task, request.get("example"))).statusCode());
      assertTrue(post.path("responses").has("429"), post::toString);
      List<String> parameters = new ArrayList<>();
      post.path("parameters").forEach(one -> parameters.add(one.path("name").asText()));
      assertTrue(
          parameters.containsAll(List.of("probabilities", "X-Request-Timeout")),
          parameters::toString);
    }
  }

  @Test
  void theDocumentDeclaresWhatStandsInPaths() throws Exception {
    JsonNode paths = ServedApp.json(app.get("/openapi?format=json")).get("paths");

    assertTrue(paths.has("/tei/{name}/embed"), paths::toString);
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      List<String> named =
          Pattern.compile("\\{(\\w+)}")
              .matcher(path.getKey())
              .results()
              .map(found -> found.group(1))
              .toList();
      for (JsonNode operation : path.getValue()) {
        if (operation.isObject()) {
          List<String> declared = new ArrayList<>();
          for (JsonNode parameters : List.of(path.getValue(), operation)) {
            parameters
                .path("parameters")
                .forEach(
                    one -> {
                      if (one.path("in").asText().equals("path")) {
                        declared.add(one.path("name").asText());
                      }
                    });
          }
          assertEquals(Set.copyOf(named), Set.copyOf(declared), path.getKey());
        }
      }
    }
  }

  @Test
  void healthAndMetricsAreThere() throws Exception {
    app.send(app.predict("nli", ROWS.get("nli")));
    for (String path : List.of("/health", "/health/live", "/health/ready")) {
      assertEquals("UP", ServedApp.json(app.get(path)).get("status").asText());
    }
    String nli = "model=\"nli\"";
    for (String name :
        List.of(
            "bertctl_request_seconds_count",
            "bertctl_tokenize_seconds_count",
            "bertctl_queue_seconds_count",
            "bertctl_compute_seconds_count",
            "bertctl_batch_compute_seconds_count",
            "bertctl_batch_size_count",
            "bertctl_batch_tokens_count")) {
      assertTrue(app.metric(name, nli) > 0, name);
    }
    assertEquals(404, app.get("/q/health").statusCode());
  }

  @Test
  void aModelIsReplacedWithoutLosingARequest() throws Exception {
    Map<String, Object> row = ROWS.get("text-classification");
    JsonNode before = ServedApp.json(app.send(app.predict("text-classification", row)));
    TinyModels.run(
        folder, "text-classification", Map.of("labels", "bad,good", "text-pair", "false"), 2);
    List<CompletableFuture<HttpResponse<String>>> meanwhile = new ArrayList<>();
    CompletableFuture<HttpResponse<String>> reload =
        app.client()
            .sendAsync(
                app.request("/v1/models/text-classification/reload")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString());
    while (!reload.isDone()) {
      meanwhile.add(
          app.client().sendAsync(app.predict("text-classification", row), BodyHandlers.ofString()));
      Thread.sleep(2);
    }

    assertEquals(200, reload.join().statusCode(), reload.join()::body);
    for (CompletableFuture<HttpResponse<String>> one : meanwhile) {
      assertEquals(200, one.join().statusCode(), one.join()::body);
    }
    assertNotEquals(before, ServedApp.json(app.send(app.predict("text-classification", row))));
  }

  @Test
  void aModelThatCannotBeLoadedAgainIsServedOn() throws Exception {
    Path config = folder.resolve("ner/model/config.json");
    byte[] kept = Files.readAllBytes(config);
    JsonNode before = ServedApp.json(app.send(app.predict("ner", ROWS.get("ner"))));
    Files.writeString(config, "{");

    HttpResponse<String> reload =
        app.send(
            app.request("/v1/models/ner/reload").POST(HttpRequest.BodyPublishers.noBody()).build());

    Files.write(config, kept);
    assertEquals(422, reload.statusCode());
    assertTrue(reload.body().contains("the model as it was is served on: " + config), reload::body);
    assertEquals(before, ServedApp.json(app.send(app.predict("ner", ROWS.get("ner")))));
  }
}
