// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** text-embeddings-inference's /predict; its answers tell by their scores alone whose they are. */
final class TeiForm implements Form {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String request(String id, String text) {
    ObjectNode body = JSON.createObjectNode();
    return body.put("inputs", text).put("truncate", true).toString();
  }

  @Override
  public Map<String, Double> probabilities(String id, String text, Buffer response)
      throws WrongAnswerException {
    try {
      Map<String, Double> all = new TreeMap<>();
      for (JsonNode label : JSON.readTree(response.getBytes())) {
        all.put(label.get("label").asText(), label.get("score").asDouble());
      }
      return all;
    } catch (IOException e) {
      throw new WrongAnswerException(id + ": no JSON: " + response, e);
    }
  }
}
