// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a tokenizer.json puts around one text and two. */
final class PostProcessor {

  private static final String KEY = "post_processor";

  private PostProcessor() {}

  /** Puts BERT's special tokens there, as sequences are packed. */
  static void put(ObjectNode root, SpecialTokens special, Map<String, Integer> ids) {
    String sep = special.token(SpecialToken.SEP);
    String cls = special.token(SpecialToken.CLS);
    ObjectNode post = root.putObject(KEY);
    post.put("type", "BertProcessing");
    post.putArray("sep").add(sep).add(ids.get(sep));
    post.putArray("cls").add(cls).add(ids.get(cls));
  }

  /**
   * Checks that a file means sequences as BERT's are; one that says nothing may.
   *
   * @throws UserException if it means others
   */
  static void check(ObjectNode root, SpecialTokens special, Path source) {
    JsonNode post = root.path(KEY);
    String cls = special.token(SpecialToken.CLS);
    String sep = special.token(SpecialToken.SEP);
    boolean berts =
        switch (post.path("type").asText()) {
          case "BertProcessing" ->
              post.at("/cls/0").asText().equals(cls) && post.at("/sep/0").asText().equals(sep);
          case "TemplateProcessing" ->
              template(post.path("single")).equals(List.of(cls, "A:0", sep))
                  && template(post.path("pair")).equals(List.of(cls, "A:0", sep, "B:1", sep));
          default -> post.isMissingNode() || post.isNull();
        };
    if (!berts) {
      throw new UserException(
          "%s: its post_processor (%s) puts other tokens around texts than BERT's %s A %s B %s; bertctl needs a BERT tokenizer"
              .formatted(source, post.path("type").asText(), cls, sep, sep));
    }
  }

  private static List<String> template(JsonNode pieces) {
    List<String> parts = new ArrayList<>();
    for (JsonNode piece : pieces) {
      JsonNode sequence = piece.path("Sequence");
      parts.add(
          sequence.isObject()
              ? sequence.path("id").asText() + ":" + sequence.path("type_id").asText()
              : piece.at("/SpecialToken/id").asText());
    }
    return parts;
  }
}
