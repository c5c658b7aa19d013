// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.server.text.Fields;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param id to be given back; null without one
 * @param rows values by column
 * @param outputs those that are wanted, and whether in binary form; empty for all
 * @param binary whether all are wanted in binary form
 */
record InferRequest(
    String id, List<Map<String, Object>> rows, Map<String, Boolean> outputs, boolean binary) {

  private static final String INPUTS = "inputs";
  private static final String OUTPUTS = "outputs";
  private static final String NAME = "name";
  private static final String PARAMETERS = "parameters";

  /**
   * Reads a request.
   *
   * @param body its JSON
   * @param binary what follows it
   * @throws dev.bertctl.server.problem.ProblemException naming the input that is wrong
   */
  static InferRequest of(JsonNode body, ByteBuffer binary) {
    Fields fields = Fields.of(body);
    JsonNode inputs = fields.required(INPUTS, "a list of tensors");
    if (!inputs.isArray()) {
      throw Fields.wrong(INPUTS, inputs, "a list of tensors");
    }
    Fields.requireSome(INPUTS, inputs);
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (JsonNode input : inputs) {
      InputTensor tensor = InputTensor.of(INPUTS, columns.size(), input, binary);
      if (columns.putIfAbsent(tensor.name(), tensor.values()) != null) {
        throw InputTensor.wrong(tensor.name(), "is there twice; give it once");
      }
    }
    return new InferRequest(
        fields.findText("id").orElse(null),
        rows(columns),
        outputs(fields),
        body.path(PARAMETERS).path("binary_data_output").asBoolean());
  }

  private static List<Map<String, Object>> rows(Map<String, List<Object>> columns) {
    Map.Entry<String, List<Object>> first = columns.entrySet().iterator().next();
    int count = first.getValue().size();
    List<Map<String, Object>> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(new LinkedHashMap<>());
    }
    columns.forEach(
        (name, values) -> {
          if (values.size() != count) {
            throw InputTensor.wrong(
                name,
                "has %d rows, but '%s' %d; give as many"
                    .formatted(values.size(), first.getKey(), count));
          }
          for (int i = 0; i < count; i++) {
            rows.get(i).put(name, values.get(i));
          }
        });
    return rows;
  }

  private static Map<String, Boolean> outputs(Fields fields) {
    Map<String, Boolean> outputs = new LinkedHashMap<>();
    fields
        .find(OUTPUTS)
        .ifPresent(
            list -> {
              if (!list.isArray()) {
                throw Fields.wrong(OUTPUTS, list, "a list of {\"name\": \"…\"}");
              }
              list.forEach(
                  output ->
                      outputs.put(
                          Fields.of(output).text(NAME),
                          output.path(PARAMETERS).path("binary_data").asBoolean()));
            });
    return outputs;
  }
}
