// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damage that leaves JSON well-formed: values of another type, missing, doubled, out of range. */
final class JsonMutations {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "2",
          "3.5",
          "1e308",
          "2147483648",
          "9223372036854775808",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"0\"",
          "\"NaN\"",
          "\"\\u0000\"",
          "\"\\u200b\"",
          "\"../../x\"",
          "[]",
          "[null]",
          "[[]]",
          "{}",
          "{\"x\":{}}");

  /** Of one document. */
  static final Mutation DOCUMENT = JsonMutations::mutant;

  /** Of one line of JSON lines. */
  static final Mutation LINES =
      (content, random) -> {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n");
        int line = random.nextInt(lines.length);
        lines[line] =
            new String(
                mutant(lines[line].getBytes(StandardCharsets.UTF_8), random),
                StandardCharsets.UTF_8);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      };

  private JsonMutations() {}

  private static byte[] mutant(byte[] content, Random random) {
    try {
      JsonNode root = MAPPER.readTree(content);
      List<JsonNode> inner = new ArrayList<>();
      collect(root, inner);
      if (inner.isEmpty()) {
        return value(random).toString().getBytes(StandardCharsets.UTF_8);
      }
      change(inner.get(random.nextInt(inner.size())), random);
      return MAPPER.writeValueAsBytes(root);
    } catch (IOException e) {
      // A mutant of a mutant, which is JSON no more.
      return content;
    }
  }

  /** Objects and arrays that are not empty. */
  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode() && !node.isEmpty()) {
      inner.add(node);
      node.forEach(child -> collect(child, inner));
    }
  }

  private static void change(JsonNode node, Random random) {
    if (node instanceof ArrayNode array) {
      change(array, random);
    } else {
      change((ObjectNode) node, random);
    }
  }

  private static void change(ArrayNode array, Random random) {
    int place = random.nextInt(array.size());
    switch (random.nextInt(4)) {
      case 0 -> array.remove(place);
      case 1 -> array.insert(place, array.get(random.nextInt(array.size())));
      default -> array.set(place, value(random));
    }
  }

  private static void change(ObjectNode object, Random random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.set("x" + name, object.remove(name));
      case 2 -> object.set(name, object.get(names.get(random.nextInt(names.size()))));
      default -> object.set(name, value(random));
    }
  }

  private static JsonNode value(Random random) {
    try {
      return MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
