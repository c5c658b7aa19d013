// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.modality.Input;
import ai.djl.ndarray.BytesSupplier;
import ai.djl.translate.TranslateException;
import ai.djl.util.StringPair;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.runtime.json.JsonProblem;
import dev.bertctl.runtime.predict.Predictor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Rows of what programs give. */
final class InputRows {

  private static final ObjectReader ROW =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(new TypeReference<Map<String, Object>>() {});

  private final String task;
  private final List<String> columns;

  /**
   * @param predictor whose task says what it reads
   */
  InputRows(Predictor<?> predictor) {
    task = predictor.saved().task();
    columns =
        predictor.columns().stream()
            .filter(column -> column.required() && !column.kind().isGold())
            .map(column -> column.column().name())
            .toList();
  }

  /**
   * Makes rows of inputs of a class.
   *
   * @throws TranslateException if the task does not read as many texts
   */
  @SuppressWarnings("unchecked") // a map's keys are columns, which the task's reader checks
  <I> Function<I, Map<String, ?>> reader(Class<I> type) throws TranslateException {
    if (type == String.class) {
      require(1);
      return text -> row(text.toString());
    }
    if (type == StringPair.class) {
      require(2);
      return pair -> row(((StringPair) pair).getKey(), ((StringPair) pair).getValue());
    }
    return type == Input.class ? input -> read((Input) input) : row -> (Map<String, ?>) row;
  }

  private void require(int texts) throws TranslateException {
    if (columns.size() != texts) {
      throw new TranslateException(
          "task '%s' reads %s, not %d %s; give rows, as Map.class"
              .formatted(
                  task,
                  columns.isEmpty() ? "no plain texts" : String.join(", ", columns),
                  texts,
                  texts == 1 ? "text" : "texts"));
    }
  }

  private Map<String, ?> row(String... texts) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < texts.length; i++) {
      row.put(columns.get(i), texts[i]);
    }
    return row;
  }

  private Map<String, ?> read(Input input) {
    BytesSupplier data = input.getData();
    if (data == null) {
      throw new IllegalArgumentException("the input has no content");
    }
    String content = data.getAsString();
    String type = input.getProperty("Content-Type", "application/json").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      if (columns.size() != 1) {
        throw new IllegalArgumentException(
            "content of type %s is one text, and task '%s' reads %s; give a row as application/json"
                .formatted(type, task, String.join(", ", columns)));
      }
      return row(content);
    }
    try {
      Map<String, Object> row = ROW.readValue(content);
      if (row == null) {
        throw new IllegalArgumentException("the content is null; give a row as a JSON object");
      }
      return row;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON object: " + JsonProblem.of(e), e);
    }
  }
}
