// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads rows of JSON: words with tags, or a text with the entities' places in it, also as doccano,
 * Label Studio, Prodigy and CLUENER have them. The text of a row that has words and tags as well is
 * passed through unread. Where gold entities are needed, rows whose annotations were not
 * {@linkplain Review accepted} are left out and counted.
 *
 * @param names names tags that are given as numbers
 * @param scheme how entities of texts are tagged
 * @param documents whether it matters which document a sentence is of; the column is not looked at
 *     otherwise
 */
record JsonlReader(Optional<Labels> names, TagScheme scheme, boolean documents) {

  private static final Column WORDS = Column.named("words", "tokens");
  private static final Column TAGS = Column.named("tags", "ner_tags");
  static final Column TEXT = Column.named("text");
  private static final Column ENTITIES = Column.named("entities", "spans", "label", "labels");

  /** The rows of one document have the same value here, and follow each other. */
  private static final Column DOCUMENT = Column.named("document");

  /**
   * Reads a sentence a row.
   *
   * @param labelled whether gold tags or entities are needed; they are not looked at otherwise
   */
  Stream<DocumentPart> read(DataFile file, boolean labelled, Skipped skipped) {
    return file.rows()
        .filter(row -> !labelled || Review.accepts(row, skipped))
        .map(row -> new DocumentPart(document(row), sentence(row, labelled)));
  }

  private String document(Row row) {
    Optional<String> named = documents ? row.find(DOCUMENT) : Optional.empty();
    return named.orElseGet(() -> row.location().toString());
  }

  private Sentence sentence(Row row, boolean labelled) {
    if (row.has(WORDS) && (row.has(TAGS) || !row.has(TEXT))) {
      return words(row, labelled);
    }
    if (row.has(TEXT)) {
      return text(row, row.get(TEXT), labelled ? Optional.of(entities(row)) : Optional.empty());
    }
    Optional<LabelStudioTask> task = LabelStudioTask.in(row);
    if (task.isPresent()) {
      return text(
          row, task.get().text(), labelled ? Optional.of(task.get().entities()) : Optional.empty());
    }
    throw new DataException(
        row.location(),
        "a row needs 'words' (with 'tags') or 'text' (with 'entities'), but has only: %s. Correct the row, or map the columns with data.columns"
            .formatted(String.join(", ", row.columns().keySet())));
  }

  private Sentence words(Row row, boolean labelled) {
    List<String> words = texts(row, WORDS);
    Optional<Annotation> gold =
        labelled ? Optional.of(Annotation.of(tags(row, words.size()))) : Optional.empty();
    return Sentence.ofWords(row.location(), row.columns(), words, gold);
  }

  private Sentence text(Row row, String text, Optional<List<?>> entities) {
    List<Word> words = Word.in(text);
    Optional<Annotation> gold =
        entities.map(
            items -> Annotation.of(EntitySpans.of(row.location(), text, items), words, scheme));
    return new Sentence(row.location(), row.columns(), text, words, gold, text, 0);
  }

  private static List<?> entities(Row row) {
    if (!row.has(ENTITIES) && Review.saysNone(row)) {
      return List.of();
    }
    Object value = row.value(ENTITIES);
    if (value instanceof Map<?, ?> types) {
      return Cluener.entities(row.location(), types);
    }
    if (value instanceof List<?> items) {
      return items;
    }
    throw new DataException(
        row.location(),
        "'%s' is not a JSON list; use [] where there is no entity".formatted(ENTITIES.name()));
  }

  private List<String> tags(Row row, int words) {
    List<String> tags = texts(row, TAGS);
    if (tags.size() != words) {
      throw new DataException(
          row.location(),
          "%d words, but %d tags; give each word one tag".formatted(words, tags.size()));
    }
    return tags;
  }

  private List<String> texts(Row row, Column column) {
    if (!(row.value(column) instanceof List<?> list)) {
      throw new DataException(
          row.location(), "'%s' is not a JSON list of texts".formatted(column.name()));
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object item : list) {
      texts.add(
          item instanceof Long number && column == TAGS
              ? name(row, number)
              : text(row, column, item));
    }
    return texts;
  }

  private static String text(Row row, Column column, Object item) {
    if (item instanceof String text) {
      return text;
    }
    throw new DataException(
        row.location(),
        "'%s' holds %s, which is not a text; put it in double quotes"
            .formatted(column.name(), item));
  }

  private String name(Row row, long number) {
    return names
        .filter(known -> number >= 0 && number < known.size())
        .map(known -> known.name((int) number))
        .orElseThrow(
            () ->
                new DataException(
                    row.location(),
                    "the tag %d is a number without a name; list the names of all tags, in the order of their numbers, in 'labels'"
                        .formatted(number)));
  }
}
