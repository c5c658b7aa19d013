// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * bertctl's own protocol, which passes a row's columns through: the id tells whose answer it is.
 */
final class NativeForm implements Form {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String request(String id, String text) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("rows").addObject().put("id", id).put("text", text);
    return body.toString();
  }

  @Override
  public Map<String, Double> probabilities(String id, String text, Buffer response)
      throws WrongAnswerException {
    JsonNode predictions;
    try {
      predictions = JSON.readTree(response.getBytes()).path("predictions");
    } catch (IOException e) {
      throw new WrongAnswerException(id + ": no JSON: " + response, e);
    }
    JsonNode row = predictions.path(0);
    if (predictions.size() != 1
        || !row.path("id").asText().equals(id)
        || !row.path("text").asText().equals(text)
        || !row.path("probabilities").isObject()) {
      throw new WrongAnswerException(id + ": the answer to another request: " + response);
    }
    Map<String, Double> all = new TreeMap<>();
    row.get("probabilities")
        .properties()
        .forEach(e -> all.put(e.getKey(), e.getValue().asDouble()));
    return all;
  }
}
