// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is predicted.
 *
 * @param modelName the model's name
 * @param modelVersion its only version
 * @param id that of the request
 * @param outputs the fields of the predictions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InferResponse(
    @JsonProperty("model_name") String modelName,
    @JsonProperty("model_version") String modelVersion,
    String id,
    List<OutputTensor> outputs) {

  /**
   * Makes tensors of predictions.
   *
   * @throws ProblemException naming an output that is asked for and not there
   */
  static InferResponse of(ServedModel model, InferRequest request, Answers answers) {
    List<Map<String, Object>> predictions =
        answers.rows().stream().map(row -> row.answer().prediction().fields()).toList();
    Map<String, Object> declared = ModelMetadata.outputTypes(model);
    Set<String> names = new LinkedHashSet<>();
    predictions.forEach(prediction -> names.addAll(prediction.keySet()));
    requireAll(request.outputs().keySet(), names);
    List<OutputTensor> outputs = new ArrayList<>();
    for (String name : request.outputs().isEmpty() ? names : request.outputs().keySet()) {
      List<Object> values = new ArrayList<>(predictions.size());
      predictions.forEach(prediction -> values.add(prediction.get(name)));
      TensorType type = TensorType.of(declared.getOrDefault(name, values.get(0)));
      outputs.add(OutputTensor.of(name, type, values));
    }
    return new InferResponse(model.name(), ModelMetadata.VERSION, request.id(), outputs);
  }

  /** Whether there can be such outputs, where it is known before. */
  static void requireKnown(ServedModel model, InferRequest request) {
    Map<String, Object> known = new LinkedHashMap<>(ModelMetadata.outputTypes(model));
    if (!known.isEmpty()) {
      requireAll(request.outputs().keySet(), known.keySet());
    }
  }

  private static void requireAll(Collection<String> wanted, Collection<String> known) {
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new ProblemException(
            ProblemType.VALIDATION,
            "output '%s' is not predicted; there are: %s"
                .formatted(name, String.join(", ", known)));
      }
    }
  }
}
