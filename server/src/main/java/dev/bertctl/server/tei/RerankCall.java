// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.predict.Deadline;
import dev.bertctl.server.text.Fields;
import dev.bertctl.server.text.ModelKind;
import dev.bertctl.server.text.TextColumns;
import dev.bertctl.server.text.TextInputs;
import dev.bertctl.server.text.TextModels;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code /rerank}: texts by how well they go with a query. */
@Singleton
final class RerankCall {

  private static final String TEXTS = "texts";

  private final TextModels models;
  private final TeiInference inference;

  RerankCall(TextModels models, TeiInference inference) {
    this.models = models;
    this.inference = inference;
  }

  /**
   * A text's rank.
   *
   * @param index its place in the request
   * @param text the text, on request
   * @param score how well it goes with the query
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rank(int index, String text, float score) {}

  CompletableFuture<Response> answer(Optional<String> name, JsonNode body, Deadline deadline) {
    Fields fields = Fields.of(body);
    String query = fields.text("query");
    List<String> texts = Fields.texts(TEXTS, fields.required(TEXTS, "a list of texts"));
    ServedModel model = models.choose(name, ModelKind.RERANKER);
    TextColumns columns = TextColumns.of(model);
    List<Map<String, Object>> rows =
        texts.stream().map(text -> columns.row(TEXTS, List.of(query, text))).toList();
    long characters =
        TextInputs.characters(texts) + texts.size() * TextInputs.characters(List.of(query));
    TeiRequest request =
        new TeiRequest(model, rows, true, Truncation.of(fields), characters, deadline);
    Scores scores = new Scores(model.predictor().task().head(), fields.flag("raw_scores"));
    boolean withText = fields.flag("return_text");
    return inference.answer(request, answers -> ranks(answers, scores, withText ? texts : null));
  }

  private static List<Rank> ranks(Answers answers, Scores scores, List<String> texts) {
    List<Rank> ranks = new ArrayList<>(answers.rows().size());
    for (Answers.Row row : answers.rows()) {
      int index = ranks.size();
      float score = scores.of(row.answer().output())[0];
      ranks.add(new Rank(index, texts == null ? null : texts.get(index), score));
    }
    ranks.sort(Comparator.comparingDouble((Rank rank) -> -rank.score()));
    return ranks;
  }
}
