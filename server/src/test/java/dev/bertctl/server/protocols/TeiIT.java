// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.protocols;

import static dev.bertctl.server.protocols.ProtocolServer.numbers;
import static dev.bertctl.server.protocols.ProtocolServer.parsed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Vectors;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeiIT {

  private static final ProtocolServer SERVER = ProtocolServer.get();
  private static final double CLOSE = 1e-5;

  private static JsonNode answer(String path, String body) {
    return SERVER.json(SERVER.post(path, body));
  }

  @Test
  void scoresAreTheProbabilitiesOfPredict() {
    JsonNode scores = answer("/predict", "{\"inputs\": \"the red cat\"}");
    try (Predictor<Classification> reviews =
        Predictor.open(SERVER.model("reviews"), Classification.class)) {
      Classification expected = reviews.predict(Map.of("text", "the red cat"));
      int best = expected.label();
      assertEquals(expected.labels().name(best), scores.get(0).get("label").textValue());
      assertEquals(
          expected.probabilities().get(best), scores.get(0).get("score").doubleValue(), CLOSE);
      assertEquals(
          expected.probabilities().get(1 - best), scores.get(1).get("score").doubleValue(), CLOSE);
    }
  }

  @Test
  void rawScoresAreTheLogits() {
    String input = "{\"inputs\": \"the red cat\", \"raw_scores\": %s}";
    JsonNode raw = answer("/predict", input.formatted(true));
    JsonNode scores = answer("/predict", input.formatted(false));
    double odds =
        scores.get(0).get("score").doubleValue() / scores.get(1).get("score").doubleValue();
    assertEquals(
        Math.log(odds),
        raw.get(0).get("score").doubleValue() - raw.get(1).get("score").doubleValue(),
        1e-4);
    assertFalse(
        Math.abs(
                Math.exp(raw.get(0).get("score").doubleValue())
                    + Math.exp(raw.get(1).get("score").doubleValue())
                    - 1)
            < 1e-3,
        "they would be logarithms of probabilities");
  }

  @Test
  void aListOfTextsIsAPairAndABatchAListOfLists() {
    JsonNode pair = answer("/tei/nli/predict", "{\"inputs\": [\"the cat\", \"a dog\"]}");
    assertEquals(3, pair.size());
    JsonNode batch =
        answer(
            "/tei/nli/predict",
            "{\"inputs\": [[\"the cat\", \"a dog\"], [\"the old red house and the river\", \"a tree\"]]}");
    assertEquals(2, batch.size());
    assertClose(pair, batch.get(0));
    assertClose(
        answer(
            "/tei/nli/predict", "{\"inputs\": [\"the old red house and the river\", \"a tree\"]}"),
        batch.get(1));
  }

  private static void assertClose(JsonNode expected, JsonNode actual) {
    assertEquals(expected.findValuesAsText("label"), actual.findValuesAsText("label"));
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          expected.get(i).get("score").doubleValue(),
          actual.get(i).get("score").doubleValue(),
          CLOSE);
    }
  }

  @Test
  void labelsThatDoNotExcludeEachOtherHaveScoresOfTheirOwn() {
    JsonNode raw = answer("/tei/topics/predict", "{\"inputs\":\"a cat\",\"raw_scores\":true}");
    JsonNode scores = answer("/tei/topics/predict", "{\"inputs\":\"a cat\"}");
    assertEquals(3, scores.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(
          1 / (1 + Math.exp(-raw.get(i).get("score").doubleValue())),
          scores.get(i).get("score").doubleValue(),
          CLOSE);
    }
  }

  @Test
  void textsAreRanked() {
    String body =
        "{\"query\":\"red cat\",\"texts\":[\"a dog\",\"the house\",\"a big boat\"],\"return_text\":true%s}";
    JsonNode ranks = answer("/rerank", body.formatted(""));
    double[] scores = numbers(ranks, "score");
    assertTrue(scores[0] >= scores[1] && scores[1] >= scores[2]);
    List<String> texts = List.of("a dog", "the house", "a big boat");
    for (JsonNode rank : ranks) {
      assertEquals(texts.get(rank.get("index").intValue()), rank.get("text").textValue());
    }
    JsonNode raw = answer("/rerank", body.formatted(",\"raw_scores\":true"));
    assertEquals(1 / (1 + Math.exp(-raw.get(0).get("score").doubleValue())), scores[0], CLOSE);
  }

  private static double[] numbers(JsonNode list, String field) {
    return list.findValues(field).stream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  @Test
  void vectorsAreNormalisedUnlessWantedOtherwise() {
    JsonNode one = answer("/embed", "{\"inputs\": \"the red cat\"}");
    JsonNode two =
        answer(
            "/tei/vectors/embed",
            "{\"inputs\": [\"the old house on the river\", \"the red cat\"]}");
    assertEquals(1, one.size());
    assertArrayEquals(
        ProtocolServer.numbers(one.get(0)), ProtocolServer.numbers(two.get(1)), CLOSE);
    assertEquals(1, length(one.get(0)), CLOSE);
    JsonNode plain =
        answer("/tei/plain/embed", "{\"inputs\": \"the red cat\", \"normalize\": false}");
    double length = length(plain.get(0));
    assertTrue(Math.abs(length - 1) > 0.01);
    assertArrayEquals(
        Arrays.stream(ProtocolServer.numbers(plain.get(0))).map(x -> x / length).toArray(),
        ProtocolServer.numbers(one.get(0)),
        CLOSE);
    JsonNode first = answer("/tei/plain/embed", "{\"inputs\": \"the red cat\", \"dimensions\": 4}");
    assertEquals(4, first.get(0).size());
    assertEquals(1, length(first.get(0)), CLOSE);
  }

  private static double length(JsonNode vector) {
    return Math.sqrt(Arrays.stream(ProtocolServer.numbers(vector)).map(x -> x * x).sum());
  }

  @Test
  void tokensHaveVectorsToo() {
    JsonNode all = answer("/embed_all", "{\"inputs\": \"the red cat\"}");
    assertEquals(1, all.size());
    assertEquals(5, all.get(0).size(), "[CLS] the red cat [SEP]");
    assertEquals(16, all.get(0).get(0).size());
  }

  @Test
  void similarityIsTheCosine() {
    JsonNode similar =
        answer(
            "/similarity",
            "{\"inputs\":{\"source_sentence\":\"a cat\",\"sentences\":[\"a cat\",\"the river\"]}}");
    double[] vectors = ProtocolServer.numbers(similar);
    assertEquals(1, vectors[0], CLOSE);
    assertTrue(vectors[1] < 0.999);
  }

  @Test
  void idsStandForTheirText() {
    JsonNode tokens = answer("/tokenize", "{\"inputs\": \"The \ud83d\ude00 red cat\"}").get(0);
    assertEquals("[CLS]", tokens.get(0).get("text").textValue());
    assertTrue(tokens.get(0).get("special").booleanValue());
    assertTrue(tokens.get(0).get("start").isNull());
    assertEquals("The", tokens.get(1).get("text").textValue());
    JsonNode red = tokens.get(3);
    assertEquals("red", red.get("text").textValue());
    assertEquals(6, red.get("start").intValue(), "in characters, of which the smiley is one");
    assertEquals(9, red.get("stop").intValue());
    assertEquals(
        4,
        answer("/tokenize", "{\"inputs\":[\"the red cat is\"],\"add_special_tokens\":false}")
            .get(0)
            .size());

    List<Integer> ids = List.of(2, 5, 7, 10, 3);
    assertEquals(
        "the red cat", answer("/decode", "{\"ids\": %s}".formatted(ids)).get(0).textValue());
    assertEquals(
        "[CLS] the red cat [SEP]",
        answer("/decode", "{\"ids\": [%s], \"skip_special_tokens\": false}".formatted(ids))
            .get(0)
            .textValue());
    assertArrayEquals(
        ProtocolServer.numbers(answer("/embed", "{\"inputs\": \"the red cat\"}").get(0)),
        ProtocolServer.numbers(answer("/embed", "{\"inputs\": %s}".formatted(ids)).get(0)),
        CLOSE);
  }

  @Test
  void longTextsAreCutUnlessForbidden() {
    String text = String.join(" ", Collections.nCopies(100, "cat"));
    HttpResponse<String> cut = SERVER.post("/embed", "{\"inputs\": \"%s\"}".formatted(text));
    assertEquals(200, cut.statusCode());
    assertEquals("32", cut.headers().firstValue("x-compute-tokens").orElseThrow());
    HttpResponse<String> whole =
        SERVER.post("/embed", "{\"inputs\": [\"a\", \"%s\"], \"truncate\": false}".formatted(text));
    assertEquals(422, whole.statusCode());
    assertEquals(
        "input 1 has more than the model's 32 tokens, and 'truncate' is false; shorten it, or let it be cut",
        parsed(whole).get("error").textValue());
    assertEquals("Validation", parsed(whole).get("error_type").textValue());
  }

  @Test
  void longTextsAreCutAtTheirBeginningsOnRequest() {
    // 30 word pieces are what is left of the 32 tokens.
    String cats = "cat ".repeat(30);
    String dogs = "dog ".repeat(30);
    String embed = "{\"inputs\": \"%s\", \"truncation_direction\": \"%s\"}";
    for (String path : List.of("/embed", "/predict")) {
      String whole = SERVER.post(path, embed.formatted(cats, "right")).body();
      for (String left : List.of("left", "Left")) {
        HttpResponse<String> cut = SERVER.post(path, embed.formatted(dogs + cats, left));
        assertEquals(200, cut.statusCode(), cut::body);
        assertEquals("32", cut.headers().firstValue("x-compute-tokens").orElseThrow());
        assertEquals(whole, cut.body());
      }
      assertEquals(whole, SERVER.post(path, embed.formatted(cats + dogs, "Right")).body());
    }
    // Of pairs each text loses its beginning.
    String pair = "{\"query\": \"%s\", \"texts\": [\"%s\"], \"truncation_direction\": \"left\"}";
    assertEquals(
        SERVER.post("/rerank", pair.formatted("cat ".repeat(14), "dog ".repeat(15))).body(),
        SERVER.post("/rerank", pair.formatted(dogs + cats, cats + dogs)).body());
    HttpResponse<String> whole =
        SERVER.post(
            "/embed",
            "{\"inputs\": \"%s\", \"truncation_direction\": \"left\", \"truncate\": false}"
                .formatted(dogs + cats));
    assertEquals(422, whole.statusCode());
  }

  @Test
  void promptsOfTheModelsFolderAreKnownByTheirNames() {
    HttpResponse<String> written =
        SERVER.post("/tei/first/embed", "{\"inputs\": \"the old red cat\"}");
    String plain = written.body();
    for (String call : List.of("first/embed", "usual/embed")) {
      HttpResponse<String> prompted =
          SERVER.post("/tei/" + call, "{\"inputs\": [\"red cat\"], \"prompt_name\": \"query\"}");
      assertEquals(plain, prompted.body());
      assertEquals("7", prompted.headers().firstValue("x-compute-characters").orElseThrow());
      assertEquals("6", prompted.headers().firstValue("x-compute-tokens").orElseThrow());
    }
    assertEquals(plain, SERVER.post("/tei/usual/embed", "{\"inputs\": \"red cat\"}").body());
    assertEquals(
        SERVER.post("/tei/first/embed", "{\"inputs\": \"red cat\"}").body(),
        SERVER
            .post("/tei/usual/embed", "{\"inputs\": \"red cat\", \"prompt_name\": \"document\"}")
            .body());
    String similarity =
        "{\"inputs\":{\"source_sentence\":\"%s\",\"sentences\":[\"%s\"]},\"parameters\":{\"prompt_name\":%s}}";
    assertEquals(
        SERVER
            .post(
                "/tei/first/similarity", similarity.formatted("the old cat", "the old dog", "null"))
            .body(),
        SERVER
            .post("/tei/first/similarity", similarity.formatted("cat", "dog", "\"query\""))
            .body());
    assertArrayEquals(
        ProtocolServer.numbers(parsed(written).get(0)),
        ProtocolServer.numbers(
            answer("/v1/embeddings", "{\"model\": \"usual\", \"input\": \"red cat\"}")
                .at("/data/0/embedding")),
        CLOSE);
  }

  @Test
  void thePoolingIsThatOfTheModelsFolderUnlessSet() {
    for (String model : List.of("first", "mean")) {
      String pooling = model.equals("first") ? "cls" : "mean";
      JsonNode served =
          answer("/tei/%s/embed".formatted(model), "{\"inputs\": \"the red cat\"}").get(0);
      PretrainedModel encoder = ModelLoader.load("encoder", SERVER.model("encoder"));
      try (Predictor<Prediction> expected =
          Predictor.apply(
              encoder,
              "embeddings",
              Map.of("pooling", pooling, "max-length", "32"),
              Prediction.class,
              PredictorOptions.DEFAULT)) {
        Vectors vectors = (Vectors) expected.predict(Map.of("text", "the red cat"));
        float[] vector = vectors.vectors().get(0);
        assertArrayEquals(
            IntStream.range(0, vector.length).mapToDouble(i -> vector[i]).toArray(),
            ProtocolServer.numbers(served),
            CLOSE);
      }
      assertEquals(
          pooling,
          SERVER
              .json(SERVER.get("/tei/%s/info".formatted(model)))
              .at("/model_type/embedding/pooling")
              .textValue());
    }
  }

  @Test
  void headersTellWhatItTook() {
    HttpResponse<String> response = SERVER.post("/predict", "{\"inputs\": \"the red cat\"}");
    Map<String, List<String>> headers = response.headers().map();
    assertEquals(List.of("cpu"), headers.get("x-compute-type"));
    assertEquals(List.of("11"), headers.get("x-compute-characters"));
    assertEquals(List.of("5"), headers.get("x-compute-tokens"));
    for (String name :
        List.of(
            "x-compute-time",
            "x-total-time",
            "x-tokenization-time",
            "x-queue-time",
            "x-inference-time")) {
      assertTrue(headers.get(name).get(0).matches("\\d+"), name);
    }
  }

  @Test
  void infoTellsTheKind() {
    JsonNode first = SERVER.json(SERVER.get("/info"));
    assertEquals("bad", first.at("/model_type/classifier/id2label/0").textValue());
    assertEquals(1, first.at("/model_type/classifier/label2id/good").intValue());
    assertEquals(32, first.get("max_client_batch_size").intValue());
    assertEquals(32, first.get("max_input_length").intValue());
    JsonNode vectors = SERVER.json(SERVER.get("/tei/vectors/info"));
    assertEquals("mean", vectors.at("/model_type/embedding/pooling").textValue());
    assertEquals("vectors", vectors.get("served_model_name").textValue());
    assertTrue(SERVER.json(SERVER.get("/tei/pairs/info")).at("/model_type/reranker").isObject());
  }

  @Test
  void thePathWithoutACallIsWhatTheModelIsFor() {
    assertEquals(2, answer("/", "{\"inputs\": \"the red cat\"}").size());
    assertEquals(16, answer("/tei/vectors", "{\"inputs\": \"a cat\"}").get(0).size());
  }

  @Test
  void metricsHaveTheNamesThatDashboardsKnow() {
    answer("/embed", "{\"inputs\": \"the red cat\"}");
    SERVER.post("/embed", "{\"inputs\": 1}");
    String metrics = SERVER.get("/metrics").body();
    for (String name :
        List.of(
            "te_request_count{method=\"single\"}",
            "te_request_success{method=\"single\"}",
            "te_request_failure{err=\"validation\"}",
            "te_request_duration_bucket{le=",
            "te_request_tokenization_duration_count",
            "te_request_queue_duration_count",
            "te_request_inference_duration_count",
            "te_request_input_length_count",
            "te_queue_size",
            "te_batch_next_size_count",
            "te_batch_next_tokens_count")) {
      assertTrue(metrics.contains("\n" + name), name + " is not in " + metrics);
    }
  }

  @Test
  void moreInputsThanTheQueueTakesAreRefusedForGood() {
    String texts = String.join(",", Collections.nCopies(ProtocolServer.MAX_QUEUE + 1, "\"cat\""));
    HttpResponse<String> response = SERVER.post("/embed", "{\"inputs\": [%s]}".formatted(texts));
    assertEquals(413, response.statusCode());
    assertEquals("Validation", parsed(response).get("error_type").textValue());
    assertTrue(response.headers().firstValue("Retry-After").isEmpty());
  }

  @Test
  void moreThanThirtyTwoInputsAreRefused() {
    String texts = String.join(",", IntStream.range(0, 33).mapToObj(i -> "\"cat\"").toList());
    HttpResponse<String> response = SERVER.post("/embed", "{\"inputs\": [%s]}".formatted(texts));
    assertEquals(422, response.statusCode());
    assertEquals(
        "33 inputs are more than the 32 that a request may have; send fewer at once",
        parsed(response).get("error").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/predict | {} | 422 | Validation | missing field 'inputs'",
        "/predict | {\"inputs\": []} | 400 | Empty | 'inputs' is empty",
        "/predict | {\"inputs\": 7} | 422 | Validation | 'inputs' is the number 7",
        "/predict | {\"inputs\": [[\"a\", 1]]} | 422 | Validation | 'inputs[0][1]' is the number 1",
        "/predict | {\"inputs\": [\"a\", \"b\"]} | 422 | Validation | 'inputs' has 2 texts, but the model reads 1: text",
        "/predict | {\"inputs\": [\"a\", \"b\", \"c\"]} | 422 | Validation | 'inputs' is a list",
        "/predict | {\"inputs\": \"a\", \"raw_scores\": 1} | 422 | Validation | 'raw_scores' is the number 1",
        "/predict | {\"inputs\": \"a\", \"truncation_direction\": \"up\"} | 422 | Validation | 'truncation_direction' is a text; give \"right\" or \"left\"",
        "/predict | {\"inputs\": | 400 | Validation | the body is no JSON, line 1, column",
        "/predict | [1] | 422 | Validation | the body is a list",
        "/embed | {\"inputs\": [1, 99]} | 422 | Validation | 'inputs[1]' is 99; give a token id of this model, from 0 to 28",
        "/embed | {\"inputs\": \"a\", \"dimensions\": 17} | 422 | Validation | 'dimensions' is 17; give at most the 16",
        "/embed | {\"inputs\": \"a\", \"dimensions\": 0} | 422 | Validation | 'dimensions' is the number 0",
        "/embed | {\"inputs\": \"a\", \"normalize\": false} | 422 | Validation | 'normalize' is false, but the model",
        "/embed | {\"inputs\": \"a\", \"prompt_name\": \"query\"} | 422 | Validation | 'prompt_name' is 'query', but model 'vectors' has no prompts; leave it out, and put the prompt before the texts",
        "/embed | {\"inputs\": \"a\", \"prompt_name\": 1} | 422 | Validation | 'prompt_name' is the number 1",
        "/tei/first/embed | {\"inputs\": \"a\", \"prompt_name\": \"passage\"} | 422 | Validation | 'prompt_name' is 'passage'; model 'first' has query, document",
        "/tei/usual/embed | {\"inputs\": [5, 6]} | 422 | Validation | 'inputs' has token ids, which the prompt 'query' cannot be put before; give texts",
        "/tei/apart/embed | {\"inputs\": \"a\", \"prompt_name\": \"query\"} | 422 | Validation | the prompt 'query' of model 'apart' must not count for vectors (include_prompt is false in its 1_Pooling/config.json), which is not supported; choose another model",
        "/rerank | {\"query\": \"a\", \"texts\": []} | 400 | Empty | 'texts' is empty",
        "/rerank | {\"texts\": [\"a\"]} | 422 | Validation | missing field 'query'",
        "/tei/reviews/embed | {\"inputs\": \"a\"} | 424 | Backend | model 'reviews' is a classifier of texts; the request is for an embeddings model",
        "/tei/none/embed | {\"inputs\": \"a\"} | 404 | Validation | no model 'none' is served",
        "/similarity | {\"inputs\": {\"sentences\": [\"a\"]}} | 422 | Validation | missing field 'source_sentence'",
        "/tokenize | {\"inputs\": [1]} | 422 | Validation | 'inputs[0]' is the number 1",
        "/decode | {\"ids\": \"a\"} | 422 | Validation | 'ids' is a text",
        "/decode | {\"ids\": [-1]} | 422 | Validation | 'ids[0]' is -1",
      })
  void wrongRequestsAreToldWhatIsWrong(
      String path, String body, int status, String type, String problem) {
    HttpResponse<String> response = SERVER.post(path, body);
    JsonNode said = parsed(response);
    assertTrue(said.get("error").textValue().startsWith(problem), said.toString());
    assertEquals(type, said.get("error_type").textValue());
    assertEquals(status, response.statusCode());
  }
}
