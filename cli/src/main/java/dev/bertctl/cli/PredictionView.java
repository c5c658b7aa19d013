// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.PrintedStream;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.decode.MarkedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A prediction as a person reads it at a terminal: the texts, then what was predicted; entities and
 * answers in colour in their text.
 */
final class PredictionView {

  private static final int MOST_PROBABILITIES = 5;

  /** Background colours that dark letters can be read on. */
  private static final int[] COLOURS = {151, 153, 223, 218, 229, 189, 216, 159};

  private static final String COLOURED = PrintedStream.own("\033[30;48;5;%dm %s \033[1m%s \033[0m");

  private final List<InputColumn> columns;
  private final Map<String, String> mapping;
  private final boolean coloured;

  /**
   * @param columns what the task reads
   * @param mapping the files' names for columns of the task
   * @param coloured whether the terminal is to show colours; labels stand in brackets otherwise
   */
  PredictionView(List<InputColumn> columns, Map<String, String> mapping, boolean coloured) {
    this.columns = columns;
    this.mapping = mapping;
    this.coloured = coloured;
  }

  /**
   * The lines of a prediction.
   *
   * @param row the input's columns and the prediction
   * @param marked the prediction in its text, if the task shows it so
   */
  String of(Map<String, Object> row, Optional<MarkedText> marked) {
    List<String> lines = new ArrayList<>();
    String texts =
        texts(row).stream()
            .filter(text -> marked.map(shown -> !shown.text().equals(text)).orElse(true))
            .collect(Collectors.joining("  |  "));
    if (!texts.isBlank()) {
      lines.add(texts);
    }
    marked.ifPresent(text -> lines.add(shown(text)));
    lines.addAll(predicted(row, marked));
    // What no line tells, such as a vector, stays as it is for programs.
    return lines.isEmpty() ? JsonRow.of(row) : String.join("\n", lines) + "\n";
  }

  private List<String> texts(Map<String, Object> row) {
    return columns.stream()
        .filter(column -> !column.kind().isGold())
        .flatMap(column -> find(column, row).stream())
        .toList();
  }

  private Optional<String> find(InputColumn column, Map<String, Object> row) {
    String mapped = mapping.get(column.column().name());
    List<String> names = mapped == null ? column.column().names() : List.of(mapped);
    return names.stream().filter(row::containsKey).findFirst().map(row::get).map(Object::toString);
  }

  private List<String> predicted(Map<String, Object> row, Optional<MarkedText> marked) {
    Object value = row.get("predicted");
    if (value == null) {
      return marked
          .filter(text -> text.marks().isEmpty())
          .map(text -> List.of("  (nothing found)"))
          .orElse(List.of());
    }
    String text = value instanceof Number number ? decimal(number) : value.toString();
    String line = "  " + (text.isEmpty() ? "(none)" : text);
    if (row.get("probability") instanceof Number probability) {
      line += "  " + decimal(probability);
    }
    if (row.get("probabilities") instanceof Map<?, ?> probabilities) {
      line += "   " + probabilities(probabilities);
    }
    return List.of(line);
  }

  private static String probabilities(Map<?, ?> each) {
    return each.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Number)
        .sorted(
            Comparator.comparingDouble(
                (Map.Entry<?, ?> entry) -> -((Number) entry.getValue()).doubleValue()))
        .limit(MOST_PROBABILITIES)
        .map(entry -> "%s %s".formatted(entry.getKey(), decimal((Number) entry.getValue())))
        .collect(Collectors.joining(", "));
  }

  private static String decimal(Number number) {
    return number instanceof Double || number instanceof Float
        ? String.format(Locale.ROOT, "%.3f", number.doubleValue())
        : number.toString();
  }

  private String shown(MarkedText text) {
    return text.parts().stream().map(this::shown).collect(Collectors.joining());
  }

  private String shown(MarkedText.Part part) {
    if (part.label().isEmpty()) {
      return part.text();
    }
    if (!coloured) {
      return "[%s](%s)".formatted(part.text(), part.label());
    }
    int colour = COLOURS[Math.floorMod(part.label().hashCode() * 47, COLOURS.length)];
    return COLOURED.formatted(colour, part.text(), part.label());
  }
}
