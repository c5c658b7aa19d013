// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.text.ModelKind;
import dev.bertctl.server.text.TextModels;
import dev.bertctl.spi.head.Head;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code /info}: what the model is, and how much of it may be asked for at once. */
@Singleton
final class InfoCall {

  private final TextModels models;
  private final ServerSettings settings;
  private final String version;

  InfoCall(
      TextModels models,
      ServerSettings settings,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.models = models;
    this.settings = settings;
    this.version = version;
  }

  /** Under text-embeddings-inference's names; a model has no revision, which is null. */
  Map<String, Object> of(Optional<String> name) {
    ServedModel model = models.choose(name);
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("model_id", model.source().model());
    info.put("model_sha", null);
    info.put("model_dtype", "float32");
    info.put("served_model_name", model.name());
    info.put("model_type", modelType(model));
    info.put("max_concurrent_requests", settings.maxQueue());
    info.put("max_input_length", model.predictor().maxLength());
    info.put("max_batch_tokens", settings.maxBatchTokens());
    info.put("max_batch_requests", null);
    info.put("max_client_batch_size", TeiInference.MAX_CLIENT_BATCH);
    info.put("auto_truncate", true);
    info.put("tokenization_workers", Runtime.getRuntime().availableProcessors());
    info.put("version", version);
    return info;
  }

  private static Map<String, Object> modelType(ServedModel model) {
    return switch (ModelKind.of(model)) {
      case CLASSIFIER -> Map.of("classifier", labels(model.predictor().task().head()));
      case RERANKER -> Map.of("reranker", labels(model.predictor().task().head()));
      case EMBEDDING, TOKEN_EMBEDDING ->
          Map.of(
              "embedding",
              Map.of(
                  "pooling",
                  model.predictor().saved().values().getOrDefault("pooling", "unknown")));
      case OTHER -> Map.of("other", Map.of("task", model.predictor().saved().task()));
    };
  }

  private static Map<String, Object> labels(Head head) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < Math.max(1, head.labels().size()); i++) {
      String label = Scores.label(head, i);
      names.put(Integer.toString(i), label);
      ids.put(label, i);
    }
    return Map.of("id2label", names, "label2id", ids);
  }
}
