// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.protocols;

import static dev.bertctl.server.protocols.ProtocolServer.numbers;
import static dev.bertctl.server.protocols.ProtocolServer.parsed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KserveIT {

  private static final ProtocolServer SERVER = ProtocolServer.get();
  private static final double CLOSE = 1e-5;

  private static JsonNode infer(String model, String body) {
    return SERVER.json(SERVER.post("/v2/models/" + model + "/infer", body));
  }

  private static JsonNode output(JsonNode response, String name) {
    for (JsonNode output : response.get("outputs")) {
      if (output.get("name").textValue().equals(name)) {
        return output;
      }
    }
    throw new AssertionError(name + " is not in " + response);
  }

  @Test
  void theServerLivesAndIsReady() {
    assertTrue(SERVER.json(SERVER.get("/v2/health/live")).get("live").booleanValue());
    assertTrue(SERVER.json(SERVER.get("/v2/health/ready")).get("ready").booleanValue());
    assertTrue(SERVER.json(SERVER.get("/v2/models/nli/ready")).get("ready").booleanValue());
    assertTrue(
        SERVER.json(SERVER.get("/v2/models/nli/versions/1/ready")).get("ready").booleanValue());
    JsonNode server = SERVER.json(SERVER.get("/v2"));
    assertEquals("bertctl", server.get("name").textValue());
    assertEquals(System.getProperty("bertctl.version"), server.get("version").textValue());
  }

  @Test
  void metadataNamesColumnsAndPredictions() {
    JsonNode nli = SERVER.json(SERVER.get("/v2/models/nli/versions/1"));
    assertEquals(nli, SERVER.json(SERVER.get("/v2/models/nli")));
    assertEquals(List.of("premise", "hypothesis"), ProtocolServer.names(nli.get("inputs"), "name"));
    assertEquals(
        "[{\"name\":\"predicted\",\"datatype\":\"BYTES\",\"shape\":[-1]},{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,3]}]",
        nli.get("outputs").toString());
    assertEquals(
        "[{\"name\":\"embedding\",\"datatype\":\"FP32\",\"shape\":[-1,16]}]",
        SERVER.json(SERVER.get("/v2/models/vectors")).get("outputs").toString());
  }

  @Test
  void aBatchIsWhatSingleCallsAre() {
    JsonNode batch =
        infer(
            "nli",
            "{\"id\":\"7\",\"inputs\":[{\"name\":\"premise\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"the cat\",\"the old red house on the river\"]},"
                + "{\"name\":\"hypothesis\",\"shape\":[2,1],\"datatype\":\"BYTES\",\"data\":[[\"a dog\"],[\"a tree\"]]}]}");
    assertEquals("nli", batch.get("model_name").textValue());
    assertEquals("1", batch.get("model_version").textValue());
    assertEquals("7", batch.get("id").textValue());
    JsonNode probabilities = output(batch, "probabilities");
    assertEquals("[2,3]", probabilities.get("shape").toString());
    List<List<String>> pairs =
        List.of(List.of("the cat", "a dog"), List.of("the old red house on the river", "a tree"));
    for (int i = 0; i < 2; i++) {
      JsonNode single =
          infer(
              "nli",
              "{\"inputs\":[{\"name\":\"premise\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"%s\"]},{\"name\":\"hypothesis\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"%s\"]}]}"
                  .formatted(pairs.get(i).get(0), pairs.get(i).get(1)));
      assertEquals(
          output(single, "predicted").get("data").get(0),
          output(batch, "predicted").get("data").get(i));
      assertArrayEquals(
          numbers(output(single, "probabilities").get("data")),
          Arrays.copyOfRange(numbers(probabilities.get("data")), 3 * i, 3 * i + 3),
          CLOSE);
    }
  }

  @Test
  void outputsAreThoseThatAreWanted() {
    JsonNode response =
        infer(
            "topics",
            "{\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a cat\"]}],\"outputs\":[{\"name\":\"predicted\"}]}");
    assertEquals(List.of("predicted"), ProtocolServer.names(response.get("outputs"), "name"));
    assertTrue(
        output(response, "predicted").get("data").get(0).textValue().startsWith("["),
        "a list of labels is JSON");
  }

  @Test
  void tensorsMayBeBinary() throws Exception {
    byte[] text = "the red cat".getBytes(StandardCharsets.UTF_8);
    String json =
        "{\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":%d}}],\"parameters\":{\"binary_data_output\":true}}"
            .formatted(text.length + 4);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).array());
    body.writeBytes(text);
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(SERVER.url() + "/v2/models/vectors/infer"))
                    .header("Inference-Header-Content-Length", Integer.toString(json.length()))
                    .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                    .build(),
                BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    int length =
        Integer.parseInt(
            response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
    assertEquals(length + 16 * 4, response.body().length);
    ByteBuffer vector =
        ByteBuffer.wrap(response.body(), length, 64).slice().order(ByteOrder.LITTLE_ENDIAN);
    double[] expected =
        numbers(SERVER.json(SERVER.post("/embed", "{\"inputs\":\"the red cat\"}")).get(0));
    for (double value : expected) {
      assertEquals(value, vector.getFloat(), CLOSE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nli | {} | 422 | missing field 'inputs'",
        "nli | {\"inputs\": []} | 400 | 'inputs' is empty",
        "nli | {\"inputs\": [1]} | 422 | 'inputs[0]' is the number 1",
        "nli | {\"inputs\":[{\"name\":\"premise\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]} | 422 | input 'premise' has 1 elements, but the shape says 2",
        "nli | {\"inputs\":[{\"name\":\"premise\",\"shape\":[0],\"datatype\":\"BYTES\",\"data\":[]}]} | 422 | input 'premise' has the shape [0]",
        "nli | {\"inputs\":[{\"name\":\"premise\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[1]}]} | 422 | input 'premise' has the element 1, which is no BYTES",
        "nli | {\"inputs\":[{\"name\":\"premise\",\"shape\":[1],\"datatype\":\"STRING\",\"data\":[\"a\"]}]} | 422 | input 'premise' has the datatype STRING; texts are BYTES",
        "nli | {\"inputs\":[{\"name\":\"premise\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]} | 422 | row 1: ",
        "reviews | {\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}],\"outputs\":[{\"name\":\"label\"}]} | 422 | output 'label' is not predicted; there are: predicted, probabilities",
        "none | {\"inputs\": []} | 404 | no model 'none' is served",
        "nli/versions/2 | {\"inputs\": []} | 404 | there is no version '2'",
        "nli | {\"inputs\": | 400 | the body is no JSON",
      })
  void wrongRequestsAreToldWhatIsWrong(String model, String body, int status, String problem) {
    HttpResponse<String> response = SERVER.post("/v2/models/" + model + "/infer", body);
    JsonNode said = parsed(response);
    assertTrue(said.get("error").textValue().startsWith(problem), said.toString());
    assertEquals(status, response.statusCode());
    assertEquals(1, said.size());
  }
}
