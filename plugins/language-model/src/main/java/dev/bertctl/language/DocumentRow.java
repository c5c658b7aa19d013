// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The sentences of a document that is a row: those of the list {@code sentences}, of the words in
 * {@code words}, or of the {@code text}, in which each line is a sentence; a text of one line is
 * taken apart at the ends of sentences.
 */
final class DocumentRow {

  static final Column TEXT = Column.named("text");
  static final Column SENTENCES = Column.named("sentences");

  /** Lists of words, one a sentence; or the words of the only sentence. */
  static final Column WORDS = Column.named("words", "tokens");

  private DocumentRow() {}

  static List<String> sentences(Row row) {
    if (row.has(WORDS)) {
      return ofWords(row);
    }
    if (row.has(SENTENCES)) {
      return texts(row, SENTENCES, list(row, SENTENCES, row.value(SENTENCES)));
    }
    String text = row.textOrEmpty(TEXT).strip();
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    return lines.size() > 1 ? lines : split(text);
  }

  private static List<String> ofWords(Row row) {
    List<?> words = list(row, WORDS, row.value(WORDS));
    if (words.stream().noneMatch(List.class::isInstance)) {
      return List.of(String.join(" ", texts(row, WORDS, words)));
    }
    List<String> sentences = new ArrayList<>();
    for (Object sentence : words) {
      sentences.add(String.join(" ", texts(row, WORDS, list(row, WORDS, sentence))));
    }
    return sentences;
  }

  private static List<?> list(Row row, Column column, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new DataException(
        row.location(),
        "'%s' is not a JSON list of texts; write [\"...\", \"...\"], or give the column 'text'"
            .formatted(column.name()));
  }

  private static List<String> texts(Row row, Column column, List<?> values) {
    return values.stream().map(value -> Row.text(row.location(), column.name(), value)).toList();
  }

  /** Sentences as Unicode's annex 29 ends them. */
  private static List<String> split(String text) {
    BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
    ends.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = ends.first();
    for (int to = ends.next(); to != BreakIterator.DONE; to = ends.next()) {
      sentences.add(text.substring(from, to).strip());
      from = to;
    }
    return sentences;
  }
}
