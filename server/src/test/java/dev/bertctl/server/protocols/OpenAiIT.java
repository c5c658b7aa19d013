// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.protocols;

import static dev.bertctl.server.protocols.ProtocolServer.numbers;
import static dev.bertctl.server.protocols.ProtocolServer.parsed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiIT {

  private static final ProtocolServer SERVER = ProtocolServer.get();
  private static final double CLOSE = 1e-5;

  private static double[] expected(String text) {
    return numbers(
        SERVER
            .json(SERVER.post("/tei/vectors/embed", "{\"inputs\": \"%s\"}".formatted(text)))
            .get(0));
  }

  private static double[] doubles(float... vector) {
    double[] all = new double[vector.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = vector[i];
    }
    return all;
  }

  @Test
  void langchain4jEmbeds() {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(SERVER.url() + "/v1")
            .apiKey("none")
            .modelName("vectors")
            .build();
    var response =
        model.embedAll(
            Stream.of("the red cat", "a boat on the river").map(TextSegment::from).toList());
    assertArrayEquals(expected("the red cat"), doubles(response.content().get(0).vector()), CLOSE);
    assertArrayEquals(
        expected("a boat on the river"), doubles(response.content().get(1).vector()), CLOSE);
    assertEquals(5 + 7, response.tokenUsage().inputTokenCount());
  }

  private static OpenAIClient client() {
    return OpenAIOkHttpClient.builder()
        .baseUrl(SERVER.url() + "/v1")
        .apiKey("none")
        .maxRetries(0)
        .build();
  }

  private static EmbeddingCreateParams.Builder params() {
    return EmbeddingCreateParams.builder().model("vectors");
  }

  @Test
  void openAisClientEmbedsInBothForms() {
    for (EmbeddingCreateParams.EncodingFormat format :
        List.of(
            EmbeddingCreateParams.EncodingFormat.FLOAT,
            EmbeddingCreateParams.EncodingFormat.BASE64)) {
      CreateEmbeddingResponse response =
          client()
              .embeddings()
              .create(params().input("the red cat").encodingFormat(format).build());
      assertArrayEquals(expected("the red cat"), vector(response.data().get(0)), CLOSE);
      assertEquals(5, response.usage().promptTokens());
      assertEquals("vectors", response.model());
    }
  }

  private static double[] vector(Embedding embedding) {
    return embedding.embedding().stream().mapToDouble(Number::doubleValue).toArray();
  }

  @Test
  void openAisClientSendsSeveralTextsIdsAndDimensions() {
    CreateEmbeddingResponse texts =
        client()
            .embeddings()
            .create(
                params()
                    .input(
                        EmbeddingCreateParams.Input.ofArrayOfStrings(List.of("the cat", "a dog")))
                    .dimensions(4)
                    .build());
    assertEquals(List.of(0L, 1L), texts.data().stream().map(Embedding::index).toList());
    assertEquals(4, vector(texts.data().get(1)).length);
    CreateEmbeddingResponse ids =
        client()
            .embeddings()
            .create(
                params()
                    .input(EmbeddingCreateParams.Input.ofArrayOfTokens(List.of(5L, 7L, 10L)))
                    .build());
    assertArrayEquals(expected("the red cat"), vector(ids.data().get(0)), CLOSE);
  }

  @Test
  void openAisClientListsTheModels() {
    List<String> names = client().models().list().data().stream().map(Model::id).toList();
    assertEquals(
        List.of(
            "reviews", "topics", "nli", "pairs", "vectors", "plain", "tokens", "first", "mean",
            "usual", "apart"),
        names);
    Model model = client().models().retrieve("vectors");
    assertEquals("vectors", model.id());
    assertEquals("bertctl", model.ownedBy());
    assertTrue(model.created() > 1_700_000_000);
    JsonNode both = SERVER.json(SERVER.get("/v1/models"));
    assertEquals(
        names,
        both.get("models").findValues("name").stream()
            .map(JsonNode::asText)
            .distinct()
            .filter(names::contains)
            .toList());
    JsonNode one = SERVER.json(SERVER.get("/v1/models/reviews"));
    assertEquals("text-classification", one.get("task").textValue());
    assertEquals("model", one.get("object").textValue());
  }

  @Test
  void openAisClientUnderstandsProblems() {
    NotFoundException none =
        assertThrows(
            NotFoundException.class,
            () -> client().embeddings().create(params().model("none").input("a").build()));
    assertEquals("model_not_found", none.code().orElseThrow());
    BadRequestException wrong =
        assertThrows(
            BadRequestException.class,
            () -> client().embeddings().create(params().input("a").dimensions(17).build()));
    assertEquals("dimensions", wrong.param().orElseThrow());
    List<String> many = Collections.nCopies(ProtocolServer.MAX_QUEUE + 1, "cat");
    EmbeddingCreateParams.Input tooMany = EmbeddingCreateParams.Input.ofArrayOfStrings(many);
    assertEquals(
        413,
        assertThrows(
                UnexpectedStatusCodeException.class,
                () -> client().embeddings().create(params().input(tooMany).build()))
            .statusCode());
    assertTrue(wrong.getMessage().contains("'dimensions' is 17; give at most the 16"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 400 | input | missing field 'input'",
        "{\"input\": []} | 400 | input | 'input' is empty",
        "{\"input\": [\"a\", 1]} | 400 | input | 'input[1]' is the number 1",
        "{\"input\": \"a\", \"encoding_format\": \"hex\"} | 400 | encoding_format | 'encoding_format' is a text; give",
        "{\"input\": \"a\", \"model\": \"reviews\"} | 400 | model | model 'reviews' is a classifier of texts",
        "{\"input\": \"a\", \"model\": 1} | 400 | model | 'model' is the number 1",
      })
  void problemsNameTheField(String body, int status, String param, String problem) {
    HttpResponse<String> response = SERVER.post("/v1/embeddings", body);
    JsonNode said = parsed(response);
    assertEquals(status, response.statusCode());
    assertEquals(param, said.at("/error/param").textValue());
    assertEquals("invalid_request_error", said.at("/error/type").textValue());
    assertTrue(said.at("/error/message").textValue().startsWith(problem), said.toString());
    assertEquals(said.at("/error/message"), said.get("message"));
    assertEquals(status, said.get("code").intValue());
  }
}
