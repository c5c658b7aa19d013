// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The columns that a task's predictions make: one a field that it declares. Of a task that declares
 * none, there is one with the fields as JSON.
 */
final class PredictionColumns {

  /** The field with the probabilities of labels. */
  private static final String PROBABILITIES = "probabilities";

  /** The column of a task that declares no fields. */
  private static final String JSON = "prediction";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<PredictionField> declared;
  private final List<PredictionField> columns = new ArrayList<>();
  private final List<String> labels;
  private final String labelPrefix;

  /**
   * @param labelPrefix what the column of a label's probability is called before the label; empty
   *     if the probabilities are a map
   * @throws UserException if labels are to have columns, and there are no probabilities by label
   */
  PredictionColumns(Task<?, ?> task, String labelPrefix) {
    this.declared = task.fields();
    this.labels = task.head().labels();
    this.labelPrefix = labelPrefix;
    boolean split = false;
    for (PredictionField field : declared) {
      if (isSplit(field)) {
        split = true;
        labels.forEach(label -> columns.add(PredictionField.number(labelPrefix + label)));
      } else {
        columns.add(field);
      }
    }
    if (!labelPrefix.isEmpty() && !split) {
      throw new UserException(
          "the model's predictions have no probabilities by label, which labelPrefix would make columns of; leave it unset");
    }
    if (declared.isEmpty()) {
      columns.add(PredictionField.text(JSON));
    }
  }

  private boolean isSplit(PredictionField field) {
    return !labelPrefix.isEmpty()
        && field.name().equals(PROBABILITIES)
        && field.type().equals(new FieldType.MapOf(FieldType.Plain.NUMBER));
  }

  /** Names and types. */
  List<PredictionField> columns() {
    return columns;
  }

  /** A prediction's values in the columns' order, as Spark takes them. */
  List<Object> values(Prediction prediction) {
    Map<String, Object> fields = prediction.fields();
    List<Object> values = new ArrayList<>(columns.size());
    if (declared.isEmpty()) {
      values.add(json(fields));
    }
    for (PredictionField field : declared) {
      Object value = fields.get(field.name());
      if (isSplit(field)) {
        Map<?, ?> each = value == null ? Map.of() : (Map<?, ?>) value;
        labels.forEach(label -> values.add(number(each.get(label))));
      } else {
        values.add(FieldColumns.value(field, value));
      }
    }
    return values;
  }

  private static Double number(Object value) {
    return value == null ? null : ((Number) value).doubleValue();
  }

  private static String json(Map<String, Object> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a prediction holds what JSON has nothing like", e);
    }
  }
}
