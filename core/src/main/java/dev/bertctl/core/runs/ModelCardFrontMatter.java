// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.models.ModelOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What a model card tells programs: YAML before its text, with the names that the Hugging Face hub
 * reads (licence, base model, task, results).
 *
 * @param card the card
 */
record ModelCardFrontMatter(ModelCard card) {

  /** The hub's tasks by what a model is saved as; other models have none there. */
  private static final Map<String, String> PIPELINE_TAGS =
      Map.of(
          "BertForSequenceClassification", "text-classification",
          "BertForTokenClassification", "token-classification",
          "BertForQuestionAnswering", "question-answering",
          "BertForMultipleChoice", "multiple-choice",
          "BertForMaskedLM", "fill-mask",
          "BertLMHeadModel", "text-generation");

  /** Between rulers, as it begins the file. */
  String yaml() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return "---\n" + new Yaml(options).dump(fields()) + "---\n";
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    card.base().flatMap(ModelOrigin::license).ifPresent(license -> fields.put("license", license));
    card.base().flatMap(ModelOrigin::hubName).ifPresent(name -> fields.put("base_model", name));
    tag().ifPresent(tag -> fields.put("pipeline_tag", tag));
    fields.put("library_name", "transformers");
    fields.put("tags", List.of("bert", "bertctl", card.config().plugin().name()));
    List<Object> results = results();
    if (!results.isEmpty()) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("name", card.title());
      model.put("results", results);
      fields.put("model-index", List.of(model));
    }
    return fields;
  }

  private Optional<String> tag() {
    return Optional.ofNullable(PIPELINE_TAGS.get(card.head().architecture()));
  }

  private List<Object> results() {
    List<Object> results = new ArrayList<>();
    for (SplitSummary split : card.splits()) {
      evaluated(split.name()).ifPresent(found -> results.add(result(split, found)));
    }
    return results;
  }

  private Optional<EvaluationResult> evaluated(String split) {
    return switch (split) {
      case "validation" -> card.result().best();
      case "test" -> card.result().test();
      default -> Optional.empty();
    };
  }

  private Map<String, Object> result(SplitSummary split, EvaluationResult found) {
    String file = ModelCard.lastName(split.file().file());
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("name", file);
    dataset.put("type", file);
    dataset.put("split", split.name());
    List<Object> metrics = new ArrayList<>();
    found
        .metrics()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                Map<String, Object> metric = new LinkedHashMap<>();
                metric.put("type", name);
                metric.put("value", value);
                metrics.add(metric);
              }
            });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("task", Map.of("type", tag().orElse(card.config().plugin().name())));
    result.put("dataset", dataset);
    result.put("metrics", metrics);
    return result;
  }
}
