// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prediction for a sentence.
 *
 * @param words its words
 * @param predicted a tag for each
 * @param entities what the tags say; empty for predictions read from a file
 */
record Tagging(List<String> words, Annotation predicted, List<Entity> entities)
    implements Prediction {

  static final List<PredictionField> FIELDS =
      List.of(
          PredictionField.list("words", FieldType.Plain.TEXT),
          PredictionField.list("tags", FieldType.Plain.TEXT),
          PredictionField.structs(
              "entities",
              PredictionField.text("text"),
              PredictionField.text("type"),
              PredictionField.integer("start"),
              PredictionField.integer("end"),
              PredictionField.number("score")));

  /** Copies the lists. */
  Tagging {
    words = List.copyOf(words);
    entities = List.copyOf(entities);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("words", words);
    fields.put("tags", predicted.tags());
    fields.put("entities", entities.stream().map(Entity::fields).toList());
    return fields;
  }

  /** The sentence with the entities marked. */
  MarkedText in(String sentence) {
    return new MarkedText(
        sentence,
        entities.stream()
            .map(entity -> new MarkedText.Mark(entity.start(), entity.end(), entity.type()))
            .toList());
  }

  /** Lines of word, tab and tag, and an empty line. */
  String conll() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      lines.append(ConllRow.line(words.get(i), predicted.tags().get(i))).append('\n');
    }
    return lines.append('\n').toString();
  }
}
