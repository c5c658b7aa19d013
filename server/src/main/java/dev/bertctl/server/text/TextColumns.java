// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.spi.data.InputColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a model's texts, by which texts without names become rows.
 *
 * @param names as the model's data called them; none if its task does not say
 */
public record TextColumns(List<String> names) {

  /** Copies the list. */
  public TextColumns {
    names = List.copyOf(names);
  }

  /** Those of a model. */
  public static TextColumns of(ServedModel model) {
    Predictor<?> predictor = model.predictor();
    return new TextColumns(
        predictor.columns().stream()
            .filter(column -> column.required() && column.kind() == InputColumn.Kind.TEXT)
            .map(column -> column.column().name())
            .map(name -> predictor.columnNames().getOrDefault(name, name))
            .toList());
  }

  /**
   * A row of texts.
   *
   * @param field where they stood, for messages
   * @throws ProblemException if the model reads more or fewer
   */
  public Map<String, Object> row(String field, List<String> texts) {
    if (texts.size() != names.size()) {
      throw new ProblemException(
          ProblemType.VALIDATION,
          "'%s' has %d %s, but the model reads %d: %s"
              .formatted(
                  field,
                  texts.size(),
                  texts.size() == 1 ? "text" : "texts",
                  names.size(),
                  String.join(", ", names)));
    }
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), texts.get(i));
    }
    return row;
  }
}
