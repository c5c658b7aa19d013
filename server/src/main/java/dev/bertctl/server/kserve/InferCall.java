// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.predict.PredictionService;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.rest.RequestBody;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code /infer}: predictions. */
@Singleton
final class InferCall {

  /** How many bytes of a body with binary data are JSON. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RequestBody body;
  private final ServedModels models;
  private final PredictionService service;

  InferCall(RequestBody body, ServedModels models, PredictionService service) {
    this.body = body;
    this.models = models;
    this.service = service;
  }

  /**
   * Predicts.
   *
   * @param jsonLength the value of {@link #JSON_LENGTH}; null without one
   */
  CompletableFuture<Response> answer(
      String name, String jsonLength, InputStream request, Deadline deadline) {
    ServedModel model = models.get(name);
    InferRequest wanted = read(jsonLength, request);
    InferResponse.requireKnown(model, wanted);
    CompletableFuture<Answers> answers = service.predict(name, wanted.rows(), deadline);
    CompletableFuture<Response> response =
        answers.thenApply(done -> response(InferResponse.of(model, wanted, done), wanted));
    // Quarkus cancels what it was given when the client is gone.
    response.whenComplete((done, failure) -> answers.cancel(false));
    return response;
  }

  private InferRequest read(String jsonLength, InputStream request) {
    if (jsonLength == null) {
      return InferRequest.of(body.json(request), ByteBuffer.allocate(0));
    }
    byte[] bytes = body.bytes(request);
    int length = length(jsonLength, bytes.length);
    JsonNode json = body.json(new ByteArrayInputStream(bytes, 0, length));
    return InferRequest.of(json, ByteBuffer.wrap(bytes, length, bytes.length - length).slice());
  }

  private static int length(String header, int bytes) {
    if (!header.matches("\\d{1,9}") || Integer.parseInt(header) > bytes) {
      throw new ProblemException(
          ProblemType.VALIDATION,
          "%s is '%s'; give how many of the body's %,d bytes are JSON"
              .formatted(JSON_LENGTH, header, bytes));
    }
    return Integer.parseInt(header);
  }

  private static Response response(InferResponse response, InferRequest request) {
    List<OutputTensor> outputs = new ArrayList<>();
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    for (OutputTensor output : response.outputs()) {
      if (request.outputs().getOrDefault(output.name(), request.binary())) {
        byte[] bytes = BinaryTensors.write(output);
        binary.writeBytes(bytes);
        outputs.add(output.inBinary(bytes.length));
      } else {
        outputs.add(output);
      }
    }
    if (binary.size() == 0) {
      return Response.ok(response, MediaType.APPLICATION_JSON_TYPE).build();
    }
    byte[] json =
        json(
            new InferResponse(
                response.modelName(), response.modelVersion(), response.id(), outputs));
    ByteArrayOutputStream all = new ByteArrayOutputStream(json.length + binary.size());
    all.writeBytes(json);
    all.writeBytes(binary.toByteArray());
    return Response.ok(all.toByteArray(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header(JSON_LENGTH, json.length)
        .build();
  }

  private static byte[] json(InferResponse response) {
    try {
      return MAPPER.writeValueAsBytes(response);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a response has plain values", e);
    }
  }
}
