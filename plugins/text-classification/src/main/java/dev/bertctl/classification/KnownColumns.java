// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.data.TextColumns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the columns of a row's text, or of its two texts, by the names that usual data have for
 * them. A column {@code text}, or what the user maps to it, is the text, and with {@code text-pair}
 * there are two; else the first of the known pairs that the row has, or the first of the known
 * single texts.
 *
 * @param pair whether there are two; empty to tell by the columns
 */
record KnownColumns(Optional<Boolean> pair) implements Function<Row, TextColumns> {

  /** The label, or the labels. */
  static final Column LABEL =
      named(
          "label",
          List.of(
              "labels",
              "gold_label",
              "category",
              "class",
              "sentiment",
              "intent",
              "emotion",
              "topic",
              "target",
              "coarse_label",
              "quality",
              "is_duplicate"));

  /** The number of a text. */
  static final Column SCORE =
      named("score", List.of("rating", "stars", "similarity", "value", "label", "target"));

  private static final Column TEXT_ITSELF = Column.named("text");

  private static final Column TEXT =
      named(
          "text",
          List.of(
              "sentence",
              "review",
              "content",
              "comment",
              "comment_text",
              "tweet",
              "message",
              "body",
              "document",
              "utterance",
              "query",
              "question",
              "headline",
              "title",
              "description",
              "text_a",
              "sentence1",
              "premise"));

  private static final Column SECOND_TEXT = Column.named("text-pair", "text_pair");

  private static final List<TextColumns> PAIRS =
      List.of(
          pair("sentence1", "sentence2"),
          pair("premise", "hypothesis"),
          pair("question1", "question2"),
          pair("question", "sentence"),
          pair("#1 String", "#2 String"),
          pair("text_a", "text_b"),
          pair("text1", "text2"),
          pair("title", "description"),
          pair("title", "content"),
          pair("title", "body"));

  private static TextColumns pair(String first, String second) {
    return new TextColumns(named(first, List.of()), Optional.of(named(second, List.of())));
  }

  /** A column whose names may begin with a capital letter. */
  private static Column named(String name, List<String> aliases) {
    return new Column(
        name,
        Stream.concat(
                Stream.of(capitalised(name)),
                aliases.stream().flatMap(alias -> Stream.of(alias, capitalised(alias))))
            .filter(alias -> !alias.equals(name))
            .distinct()
            .toList());
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * The texts, for the host to find them in data it does not know.
   *
   * @param pair whether there are two; empty where that is not known yet
   */
  static List<InputColumn> texts(Optional<Boolean> pair) {
    if (!pair.orElse(false)) {
      return pair.isPresent()
          ? List.of(InputColumn.text(TEXT))
          : List.of(InputColumn.text(TEXT), InputColumn.optionalText(SECOND_TEXT));
    }
    return List.of(
        InputColumn.text(anyOf(TEXT_ITSELF, PAIRS.stream().map(TextColumns::first))),
        InputColumn.text(
            anyOf(SECOND_TEXT, PAIRS.stream().map(known -> known.second().orElseThrow()))));
  }

  private static Column anyOf(Column first, Stream<Column> others) {
    List<String> names =
        Stream.concat(Stream.of(first), others).flatMap(one -> one.names().stream()).toList();
    return new Column(first.name(), names.stream().skip(1).distinct().toList());
  }

  /** Whether a file's rows have two texts; its first row tells. */
  static boolean arePairs(DataFile file) {
    try (Stream<Row> rows = file.rows()) {
      return rows.findFirst().filter(KnownColumns::isPair).isPresent();
    }
  }

  @Override
  public TextColumns apply(Row row) {
    return pair.orElseGet(() -> isPair(row)) ? two(row) : one(row);
  }

  private static boolean isPair(Row row) {
    return row.has(SECOND_TEXT) || !row.has(TEXT_ITSELF) && knownPair(row).isPresent();
  }

  private static TextColumns two(Row row) {
    TextColumns both = new TextColumns(TEXT, Optional.of(SECOND_TEXT));
    return row.has(SECOND_TEXT) ? both : knownPair(row).orElse(both);
  }

  /** Of a known pair it is the first. */
  private static TextColumns one(Row row) {
    Column text = row.has(TEXT_ITSELF) ? TEXT : knownPair(row).map(TextColumns::first).orElse(TEXT);
    return new TextColumns(text, Optional.empty());
  }

  private static Optional<TextColumns> knownPair(Row row) {
    return PAIRS.stream()
        .filter(known -> row.has(known.first()) && row.has(known.second().orElseThrow()))
        .findFirst();
  }
}
