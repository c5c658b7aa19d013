// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The content of a Hugging Face tokenizer.json, read as it is or made of a vocab.txt, in either
 * case without truncation and padding: those are done when sequences are packed.
 */
final class TokenizerFile {

  /** Ids beyond this are a broken file, not a vocabulary. */
  private static final int MAX_ID = 10_000_000;

  private final Path source;
  private final ObjectNode content;
  private final SpecialTokens special;

  /**
   * @param source the file it came from
   * @param content the JSON document
   * @param special how the special tokens are written
   */
  private TokenizerFile(Path source, ObjectNode content, SpecialTokens special) {
    this.source = source;
    this.content = content;
    this.special = special;
  }

  /** The file it came from. */
  Path source() {
    return source;
  }

  /** The JSON document. */
  ObjectNode content() {
    return content;
  }

  /** How the special tokens are written. */
  SpecialTokens special() {
    return special;
  }

  /** Reads what a model folder holds: tokenizer.json, else vocab.txt. */
  static TokenizerFile of(Path folder) {
    Path json = folder.resolve("tokenizer.json");
    SpecialTokens special = SpecialTokens.of(folder);
    if (Files.isRegularFile(json)) {
      ObjectNode content = JsonFile.read(json);
      content.putNull("truncation");
      content.putNull("padding");
      return new TokenizerFile(json, content, special);
    }
    Path text = folder.resolve("vocab.txt");
    if (Files.isRegularFile(text)) {
      VocabularyFile vocabulary = VocabularyFile.read(text);
      TokenizerSettings settings = TokenizerSettings.of(folder, vocabulary);
      return new TokenizerFile(text, WordPieceJson.of(vocabulary, settings, special), special);
    }
    throw new UserException(
        folder
            + ": has neither tokenizer.json nor vocab.txt; a BERT model folder needs one of them");
  }

  /** All tokens by id, added ones included; an id without a token has an empty text. */
  List<String> tokens() {
    JsonNode vocabulary = content.path("model").path("vocab");
    if (!vocabulary.isObject() || vocabulary.isEmpty()) {
      throw new UserException(
          "%s: has no vocabulary of word pieces or words (its model is of type '%s'); bertctl needs a BERT tokenizer"
              .formatted(source, content.path("model").path("type").asText("unknown")));
    }
    List<String> tokens = new ArrayList<>(vocabulary.size());
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      put(tokens, entry.getKey(), entry.getValue());
    }
    for (JsonNode added : content.path("added_tokens")) {
      put(tokens, added.path("content").asText(), added.path("id"));
    }
    return List.copyOf(tokens);
  }

  private void put(List<String> tokens, String token, JsonNode id) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() > MAX_ID) {
      throw new UserException(
          "%s: token '%s' has the id %s; ids are integers from 0".formatted(source, token, id));
    }
    int missing = id.intValue() + 1 - tokens.size();
    tokens.addAll(Collections.nCopies(Math.max(0, missing), ""));
    tokens.set(id.intValue(), token);
  }
}
