// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.text.Fields;
import dev.bertctl.server.text.ModelKind;
import dev.bertctl.server.text.TextColumns;
import dev.bertctl.server.text.TextInputs;
import dev.bertctl.server.text.TextModels;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /predict}: a score for each label. */
@Singleton
final class PredictCall {

  private static final String INPUTS = "inputs";
  private static final String EXPECTED =
      "a text, a pair [text, text], or a batch of these as lists: [[text], [text, text]]";

  private final TextModels models;
  private final TeiInference inference;

  PredictCall(TextModels models, TeiInference inference) {
    this.models = models;
    this.inference = inference;
  }

  CompletableFuture<Response> answer(Optional<String> name, JsonNode body, Deadline deadline) {
    Fields fields = Fields.of(body);
    JsonNode inputs = fields.required(INPUTS, EXPECTED);
    List<List<String>> texts = texts(inputs);
    boolean batch = inputs.isArray() && inputs.get(0).isArray();
    ServedModel model = models.choose(name, ModelKind.CLASSIFIER, ModelKind.RERANKER);
    Scores scores = new Scores(model.predictor().task().head(), fields.flag("raw_scores"));
    TeiRequest request =
        new TeiRequest(
            model,
            rows(TextColumns.of(model), texts, batch),
            batch,
            Truncation.of(fields),
            texts.stream().mapToLong(TextInputs::characters).sum(),
            deadline);
    return inference.answer(
        request,
        answers -> {
          List<List<Scores.Score>> all =
              answers.rows().stream().map(row -> scores.ranked(row.answer().output())).toList();
          return batch ? all : all.get(0);
        });
  }

  private static List<Map<String, Object>> rows(
      TextColumns columns, List<List<String>> texts, boolean batch) {
    List<Map<String, Object>> rows = new ArrayList<>(texts.size());
    for (List<String> own : texts) {
      rows.add(columns.row(batch ? "%s[%d]".formatted(INPUTS, rows.size()) : INPUTS, own));
    }
    return rows;
  }

  /** Of each input one text or two. */
  private static List<List<String>> texts(JsonNode inputs) {
    if (inputs.isTextual()) {
      return List.of(List.of(inputs.textValue()));
    }
    if (!inputs.isArray()) {
      throw Fields.wrong(INPUTS, inputs, EXPECTED);
    }
    Fields.requireSome(INPUTS, inputs);
    if (!inputs.get(0).isArray()) {
      return List.of(onePair(INPUTS, inputs));
    }
    List<List<String>> batch = new ArrayList<>(inputs.size());
    for (JsonNode input : inputs) {
      batch.add(onePair("%s[%d]".formatted(INPUTS, batch.size()), input));
    }
    return batch;
  }

  private static List<String> onePair(String field, JsonNode list) {
    List<String> texts = Fields.texts(field, list);
    if (texts.size() > 2) {
      throw Fields.wrong(field, list, EXPECTED);
    }
    return texts;
  }
}
