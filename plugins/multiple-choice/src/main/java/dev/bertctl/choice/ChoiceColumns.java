// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a row has its choices: a JSON list in one column, or a column for each choice, the first of
 * them numbered 0. Of numbered columns the last may be empty, so that rows differ in their choices.
 */
final class ChoiceColumns {

  private static final Column LIST = Column.named("choices", "endings", "options");

  private ChoiceColumns() {}

  static Choices read(Row row) {
    List<String> texts = row.has(LIST) ? list(row) : numbered(row);
    return Choices.of(texts, row.location());
  }

  private static List<String> list(Row row) {
    if (!(row.value(LIST) instanceof List<?> values)) {
      throw new DataException(
          row.location(),
          "the choices are one text, and where to split it is anyone's guess; give a JSON list, \"choices\": [\"...\", \"...\"], or a column for each choice: ending0, ending1, ...");
    }
    for (Object value : values) {
      if (value instanceof List || value instanceof Map) {
        throw new DataException(
            row.location(), "a choice is a JSON list or object; each must be a text");
      }
    }
    return values.stream().map(Object::toString).toList();
  }

  private static List<String> numbered(Row row) {
    List<String> texts = new ArrayList<>();
    int count = 0;
    // Looks at all numbers there may be: choices behind one that is missing must not get lost.
    for (int i = 0; i <= row.columns().size(); i++) {
      texts.add(row.find(ending(i)).orElse(""));
      count = row.has(ending(i)) ? i + 1 : count;
    }
    if (!row.has(ending(0))) {
      throw new DataException(
          row.location(),
          count == 0
              ? noChoices(row)
              : "no column 'ending0': choices are counted from 0; rename the columns");
    }
    while (count > 0 && texts.get(count - 1).isBlank()) {
      count--;
    }
    return texts.subList(0, count);
  }

  private static Column ending(int number) {
    return Column.named("ending" + number);
  }

  private static String noChoices(Row row) {
    return "no choices; give a JSON list in a column 'choices' (also tried 'endings', 'options'), or a column for each choice: ending0, ending1, ... The row has: "
        + String.join(", ", row.columns().keySet());
  }
}
