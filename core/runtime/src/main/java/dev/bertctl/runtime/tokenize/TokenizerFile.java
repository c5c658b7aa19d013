// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A tokenizer as Hugging Face's library takes it: one tokenizer.json in which all that a model
 * folder says is put together. Truncation and padding are not: those are done when sequences are
 * packed.
 *
 * @param source the file that the vocabulary came from, for errors
 * @param content the JSON document
 * @param named the special tokens that transformers is to be told of
 * @param bert whether transformers' BertTokenizer splits texts alike
 * @param lines the lines of a vocab.txt with the same ids
 */
record TokenizerFile(
    Path source, ObjectNode content, NamedTokens named, boolean bert, List<String> lines) {

  /** In a model folder. */
  static final String NAME = "tokenizer.json";

  /**
   * Whatever reads a tokenizer reads one of these: none is there with a part that is not BERT's.
   */
  TokenizerFile {
    TokenizerParts.check(source, content);
  }

  /** Ids beyond this are a broken file, not a vocabulary. */
  private static final int MAX_ID = 10_000_000;

  /**
   * Reads what a model folder holds, as transformers 5 does.
   *
   * @throws UserException if it holds no tokenizer, or one that bertctl cannot do
   */
  static TokenizerFile of(Path folder) {
    return new TokenizerFolder(folder).read();
  }

  /** One that needs a vocab.txt made of its tokens. */
  static TokenizerFile of(Path source, ObjectNode content, NamedTokens named, boolean bert) {
    return new TokenizerFile(
        source, content, named, bert, VocabularyFile.lines(tokens(source, content)));
  }

  /** The same with the lines of a vocab.txt, which may have a piece twice, if that is its own. */
  TokenizerFile withLinesOf(VocabularyFile file) {
    if (!file.ids().equals(vocabulary(source, content.path("model")))) {
      return this;
    }
    List<String> all = new ArrayList<>(file.tokens());
    all.addAll(lines.subList(Math.min(all.size(), lines.size()), lines.size()));
    return new TokenizerFile(source, content, named, bert, List.copyOf(all));
  }

  /** How the special tokens are written. */
  SpecialTokens special() {
    return SpecialTokens.of(named);
  }

  /** All tokens by id, added ones included; an id without a token has an empty text. */
  List<String> tokens() {
    return tokens(source, content);
  }

  private static List<String> tokens(Path source, ObjectNode content) {
    Map<String, Integer> ids = new LinkedHashMap<>(vocabulary(source, content.path("model")));
    for (JsonNode added : content.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asInt());
    }
    // A blank line of a vocab.txt is no token: at its end no id either.
    ids.remove("");
    int size = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
    List<String> tokens = new ArrayList<>(Collections.nCopies(size, ""));
    ids.forEach((token, id) -> tokens.set(id, token));
    return List.copyOf(tokens);
  }

  /**
   * The ids of a model's tokens, without the added ones.
   *
   * @param source the file it stands in, for errors
   * @param model {@code model} of a tokenizer.json
   * @throws UserException if there are none, one is not an id, or two are the same
   */
  static Map<String, Integer> vocabulary(Path source, JsonNode model) {
    JsonNode vocabulary = model.path("vocab");
    if (!vocabulary.isObject() || vocabulary.isEmpty()) {
      throw new UserException(
          "%s: has no vocabulary of word pieces or words (its model is of type '%s'); bertctl needs a BERT tokenizer"
              .formatted(source, model.path("type").asText("unknown")));
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    Map<Integer, String> tokens = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      String token = entry.getKey();
      int id = id(source, token, entry.getValue());
      String other = tokens.put(id, token);
      if (other != null) {
        throw new UserException(
            "%s: id %d is that of '%s' and '%s'; each token needs an id of its own"
                .formatted(source, id, other, token));
      }
      ids.put(token, id);
    }
    return ids;
  }

  /** The id that a file gives a token. */
  static int id(Path source, String token, JsonNode id) {
    if (!id.isInt() || id.intValue() < 0 || id.intValue() > MAX_ID) {
      throw new UserException(
          "%s: token '%s' has the id %s; ids are integers from 0"
              .formatted(source, token, JsonFields.shown(id)));
    }
    return id.intValue();
  }

  /**
   * The tokenizer_config.json with which transformers' {@code AutoTokenizer} splits texts alike.
   *
   * @param maxLength the longest sequence that it is meant for
   */
  ObjectNode config(int maxLength) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("tokenizer_class", bert ? "BertTokenizer" : "PreTrainedTokenizerFast");
    config.put("model_max_length", maxLength);
    if (bert) {
      TokenizerSettings.of(content.path("normalizer")).addTo(config);
    }
    for (SpecialToken role : SpecialToken.values()) {
      String token = named.token(role).map(AddedToken::content).orElse(null);
      // BertTokenizer has its own where nothing is said.
      if (bert ? !role.token().equals(token) : token != null) {
        config.put(NamedTokens.key(role), token);
      }
    }
    for (String key : NamedTokens.OTHERS) {
      named.token(key).ifPresent(token -> config.put(key, token.content()));
    }
    List<String> further =
        Stream.concat(named.further().stream(), named.extra().stream())
            .map(AddedToken::content)
            .distinct()
            .toList();
    if (!further.isEmpty()) {
      further.forEach(config.putArray(NamedTokens.ADDITIONAL)::add);
    }
    return config;
  }
}
