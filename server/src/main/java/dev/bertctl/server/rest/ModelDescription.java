// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.server.models.SampleRow;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.spi.data.InputColumn;
import java.util.List;
import java.util.Map;

/**
 * What a client needs to know of a model.
 *
 * @param name by which requests call it
 * @param task what it was trained for
 * @param labels in the order of the logits; none where there are no labels
 * @param columns what it reads of each row; none if its task does not say
 * @param device where it computes
 * @param engine what computes, and why
 * @param maxLength longest sequence in tokens, special tokens included; longer texts are cut or
 *     taken apart
 * @param maxBatchTokens most tokens of a batch, padding included
 * @param example a row, and what is predicted for it; null if none is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelDescription(
    String name,
    String task,
    List<String> labels,
    List<Column> columns,
    String device,
    String engine,
    @JsonProperty("max_length") int maxLength,
    @JsonProperty("max_batch_tokens") int maxBatchTokens,
    SampleRow example) {

  /**
   * A column of rows.
   *
   * @param name as the model's training data called it
   * @param aliases other names that are understood
   * @param type what stands in it
   * @param required whether a row needs it
   * @param description for people
   */
  public record Column(
      String name, List<String> aliases, String type, boolean required, String description) {}

  /** Describes a model. */
  public static ModelDescription of(ServedModel model) {
    Predictor<?> predictor = model.predictor();
    return new ModelDescription(
        model.name(),
        predictor.saved().task(),
        predictor.saved().labels(),
        predictor.columns().stream()
            .map(column -> column(column, predictor.columnNames()))
            .toList(),
        predictor.device(),
        predictor.engine().summary(),
        predictor.maxLength(),
        predictor.maxBatchTokens(),
        model.sample().orElse(null));
  }

  private static Column column(InputColumn input, Map<String, String> mapped) {
    String name = input.column().name();
    boolean own = mapped.containsKey(name);
    return new Column(
        mapped.getOrDefault(name, name),
        own ? List.of() : input.column().aliases(),
        input.kind() == InputColumn.Kind.NUMBER ? "number" : "string",
        input.required() && !input.kind().isGold(),
        switch (input.kind()) {
          case TEXT -> "A text that the model reads.";
          case LABEL -> "The true label, if known; it is passed through.";
          case NUMBER -> "The true number, if known; it is passed through.";
        });
  }
}
