// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Checks of printed predictions. */
final class Rows {

  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Rows() {}

  /** As many well-formed rows as the undamaged data have, with numbers that are some. */
  static Kind.Check count(int rows) {
    return (folder, mutant, out) -> {
      List<String> complaints = new ArrayList<>();
      List<JsonNode> printed = printed(out, complaints);
      if (printed.size() != rows) {
        complaints.add("%d rows instead of %d".formatted(printed.size(), rows));
      }
      return complaints;
    };
  }

  /** A row for each line of JSON, with the texts that an independent reader finds in it. */
  static Kind.Check sameTexts(String... columns) {
    return (folder, mutant, out) -> {
      List<String> complaints = new ArrayList<>();
      List<JsonNode> printed = printed(out, complaints);
      List<JsonNode> expected = expected(mutant);
      if (printed.size() != expected.size()) {
        complaints.add("%d rows for %d lines".formatted(printed.size(), expected.size()));
        return complaints;
      }
      for (int i = 0; i < printed.size(); i++) {
        for (String column : columns) {
          String text = text(printed.get(i).path(column));
          String given = text(expected.get(i).path(column));
          if (!text.equals(given)) {
            complaints.add("row %d: %s is '%s', not '%s'".formatted(i + 1, column, text, given));
          }
        }
      }
      return complaints;
    };
  }

  /** A null is an empty text. */
  private static String text(JsonNode node) {
    return node.isNull() ? "" : node.asText();
  }

  private static List<JsonNode> printed(String out, List<String> complaints) {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : out.lines().toList()) {
      try {
        JsonNode row = STRICT.readTree(line);
        row.findValues("probabilities").forEach(found -> checkNumbers(found, complaints));
        rows.add(row);
      } catch (IOException e) {
        complaints.add("not JSON: " + line);
      }
    }
    return rows;
  }

  private static void checkNumbers(JsonNode node, List<String> complaints) {
    for (JsonNode child : node) {
      if (!child.isContainerNode() && !(child.isNumber() && Double.isFinite(child.asDouble()))) {
        complaints.add("no number: " + child);
      }
      checkNumbers(child, complaints);
    }
  }

  /** Rows, each on a line of its own; other writings give no row that can be compared. */
  private static List<JsonNode> expected(byte[] mutant) {
    List<JsonNode> rows = new ArrayList<>();
    String text = new String(mutant, StandardCharsets.UTF_8);
    // Where no line feed ends a line, a carriage return does; otherwise it is white space.
    String end = text.contains("\n") ? "\n" : "\r";
    for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split(end)) {
      if (!line.isBlank()) {
        try {
          // Control characters at the end of a line are nobody's, such as old editors' Ctrl-Z.
          rows.add(STRICT.readTree(line.replaceAll("\\p{Cc}+$", "")));
        } catch (IOException e) {
          rows.add(STRICT.createObjectNode());
        }
      }
    }
    return rows;
  }
}
