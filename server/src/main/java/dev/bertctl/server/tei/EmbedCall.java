// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.text.Embeddings;
import dev.bertctl.server.text.Fields;
import dev.bertctl.server.text.ModelKind;
import dev.bertctl.server.text.PromptedTexts;
import dev.bertctl.server.text.TextInputs;
import dev.bertctl.server.text.TextModels;
import dev.bertctl.server.text.UnitVector;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /embed}, {@code /embed_all} and {@code /similarity}: vectors, and what they tell. */
@Singleton
final class EmbedCall {

  private static final String INPUTS = "inputs";
  private static final String NORMALIZE = "normalize";
  private static final String DIMENSIONS = "dimensions";

  private final TextModels models;
  private final TeiInference inference;

  EmbedCall(TextModels models, TeiInference inference) {
    this.models = models;
    this.inference = inference;
  }

  /** A vector for each text. */
  CompletableFuture<Response> embed(Optional<String> name, JsonNode body, Deadline deadline) {
    Fields fields = Fields.of(body);
    ServedModel model = models.choose(name, ModelKind.EMBEDDING);
    TeiRequest request = request(model, fields, deadline);
    Optional<Integer> dimensions = fields.findCount(DIMENSIONS);
    boolean normalize = fields.findFlag(NORMALIZE).orElse(true);
    return inference.answer(
        request,
        answers ->
            Embeddings.ofTexts(answers).stream()
                .map(vector -> shaped(vector, dimensions, normalize))
                .toList());
  }

  private static float[] shaped(float[] vector, Optional<Integer> dimensions, boolean normalize) {
    float[] first = UnitVector.first(dimensions, vector);
    if (normalize) {
      return UnitVector.of(first);
    }
    if (UnitVector.isOne(vector)) {
      throw new ProblemException(
          ProblemType.VALIDATION,
          "'normalize' is false, but the model is served with vectors that are normalised already; serve it with @embeddings,normalize=false");
    }
    return first;
  }

  /** A vector for each token of each text. */
  CompletableFuture<Response> embedAll(Optional<String> name, JsonNode body, Deadline deadline) {
    Fields fields = Fields.of(body);
    ServedModel model = models.choose(name, ModelKind.TOKEN_EMBEDDING);
    return inference.answer(request(model, fields, deadline), Embeddings::ofTokens);
  }

  /** How similar sentences are to another one: the cosines of their vectors. */
  CompletableFuture<Response> similarity(Optional<String> name, JsonNode body, Deadline deadline) {
    Fields fields =
        Fields.of(
            Fields.of(body)
                .required(INPUTS, "{\"source_sentence\": \"…\", \"sentences\": [\"…\"]}"));
    List<String> texts = new ArrayList<>(List.of(fields.text("source_sentence")));
    texts.addAll(Fields.texts("sentences", fields.required("sentences", "a list of texts")));
    Fields parameters = parameters(body);
    ServedModel model = models.choose(name, ModelKind.EMBEDDING);
    TeiRequest request =
        new TeiRequest(
            model,
            Embeddings.rows(model, PromptedTexts.of(model, prompt(parameters), texts, false)),
            true,
            Truncation.of(parameters),
            TextInputs.characters(texts),
            deadline);
    return inference.answer(
        request,
        // The sentences are counted, not what they are compared with.
        TeiInference.MAX_CLIENT_BATCH + 1,
        answers -> {
          List<float[]> vectors = Embeddings.ofTexts(answers);
          return vectors.subList(1, vectors.size()).stream()
              .map(vector -> (float) UnitVector.cosine(vectors.get(0), vector))
              .toList();
        });
  }

  private static Fields parameters(JsonNode body) {
    return Fields.of(body).find("parameters").map(Fields::of).orElseGet(() -> Fields.of(body));
  }

  private static TeiRequest request(ServedModel model, Fields fields, Deadline deadline) {
    TextInputs inputs =
        TextInputs.of(
            INPUTS,
            fields.required(INPUTS, "a text, a list of texts, or token ids"),
            model.predictor());
    return new TeiRequest(
        model,
        Embeddings.rows(
            model, PromptedTexts.of(model, prompt(fields), inputs.texts(), inputs.fromIds())),
        !inputs.single(),
        Truncation.of(fields),
        inputs.characters(),
        deadline);
  }

  private static Optional<String> prompt(Fields fields) {
    return fields.findText("prompt_name");
  }
}
