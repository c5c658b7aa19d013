// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model folder says of its tokenizer beside tokenizer.json and vocab.txt: in
 * tokenizer_config.json, and in special_tokens_map.json and added_tokens.json, which transformers
 * reads where the former has no {@code added_tokens_decoder}.
 */
final class TokenizerConfig {

  static final String FILE = "tokenizer_config.json";
  static final String SPECIAL_TOKENS = "special_tokens_map.json";
  static final String ADDED_TOKENS = "added_tokens.json";
  private static final String DECODER = "added_tokens_decoder";

  /** What changes ids in transformers, and cannot be expressed in the files that bertctl writes. */
  private static final List<String> REFUSED =
      List.of("auto_map", "split_special_tokens", "fast_tokenizer_files", "init_inputs", "vocab");

  private final Path file;
  private final ObjectNode content;
  private final Path specialTokensFile;
  private final ObjectNode specialTokens;
  private final Path declaredFile;
  private final SortedMap<Integer, AddedToken> declared;

  private TokenizerConfig(Path folder) {
    file = folder.resolve(FILE);
    content = readIfThere(file);
    specialTokensFile = folder.resolve(SPECIAL_TOKENS);
    boolean complete = content.has(DECODER);
    specialTokens = complete ? empty() : readIfThere(specialTokensFile);
    for (String key : REFUSED) {
      JsonNode value = content.path(key);
      if (!value.isMissingNode()
          && !value.isNull()
          && !(value.isBoolean() && !value.asBoolean())
          && !(value.isContainerNode() && value.isEmpty())) {
        throw new UserException(
            "%s: '%s' is %s, which bertctl cannot do; take it out, if the model was trained without it"
                .formatted(file, key, value));
      }
    }
    declaredFile = complete ? file : folder.resolve(ADDED_TOKENS);
    declared = complete ? decoder() : addedTokens(declaredFile);
  }

  /**
   * Reads the files of a folder; those that are missing say nothing.
   *
   * @throws UserException if one is no JSON object, or asks for what bertctl cannot do
   */
  static TokenizerConfig of(Path folder) {
    return new TokenizerConfig(folder);
  }

  /** The file that says most, for errors. */
  Path file() {
    return file;
  }

  /** The class of transformers, where it is named. */
  Optional<String> tokenizerClass() {
    JsonNode value = content.path("tokenizer_class");
    if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
      throw new UserException(
          "%s: 'tokenizer_class' is %s; it must be a name, such as \"BertTokenizer\""
              .formatted(file, value));
    }
    return Optional.ofNullable(value.textValue());
  }

  /** A setting that is true or false, if it is there. */
  Optional<Boolean> flag(String key) {
    JsonNode value = content.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw new UserException(
          "%s: '%s' is %s; it must be true or false".formatted(file, key, value));
    }
    return Optional.of(value.booleanValue());
  }

  /** As {@link #flag}, where null means that it is not there. */
  Optional<Boolean> flagOrNull(String key) {
    return content.path(key).isNull() ? Optional.empty() : flag(key);
  }

  /** {@code model_max_length}, the longest sequence the tokenizer is meant for, if it says so. */
  OptionalInt maxLength() {
    JsonNode value = content.path("model_max_length");
    // Where there is none transformers writes 1e30.
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0
        ? OptionalInt.of(value.intValue())
        : OptionalInt.empty();
  }

  /** The special tokens by name, and further ones without. */
  NamedTokens named() {
    return NamedTokens.of(file, content, specialTokensFile, specialTokens);
  }

  /** Whether tokens that a tokenizer.json adds do not count. */
  boolean listsAllAddedTokens() {
    return content.has(DECODER);
  }

  /**
   * The tokens that are added to the vocabulary, by id: those of {@code added_tokens_decoder}, else
   * of added_tokens.json.
   */
  SortedMap<Integer, AddedToken> declared() {
    return declared;
  }

  /** The file that {@link #declared} come from. */
  Path declaredFile() {
    return declaredFile;
  }

  private SortedMap<Integer, AddedToken> decoder() {
    JsonNode decoder = content.get(DECODER);
    if (!decoder.isObject()) {
      throw new UserException(
          "%s: '%s' is %s; it must be an object of tokens by id".formatted(file, DECODER, decoder));
    }
    SortedMap<Integer, AddedToken> tokens = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : decoder.properties()) {
      if (!entry.getKey().matches("\\d{1,8}")) {
        throw new UserException(
            "%s: '%s' has the id '%s'; ids are integers from 0"
                .formatted(file, DECODER, entry.getKey()));
      }
      tokens.put(
          Integer.parseInt(entry.getKey()),
          AddedToken.of(file, DECODER + "." + entry.getKey(), entry.getValue()));
    }
    return tokens;
  }

  private SortedMap<Integer, AddedToken> addedTokens(Path source) {
    NamedTokens named = named();
    SortedMap<Integer, AddedToken> tokens = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : readIfThere(source).properties()) {
      String token = entry.getKey();
      int id = TokenizerFile.id(source, token, entry.getValue());
      if (token.isEmpty()) {
        throw new UserException("%s: id %d has no token; take the line out".formatted(source, id));
      }
      AddedToken other =
          tokens.put(
              id,
              named.makesSpecial(token) ? AddedToken.special(token) : AddedToken.ordinary(token));
      if (other != null) {
        throw new UserException(
            "%s: id %d is that of '%s' and '%s'; each token needs an id of its own"
                .formatted(source, id, other.content(), token));
      }
    }
    return tokens;
  }

  private static ObjectNode readIfThere(Path file) {
    return Files.isRegularFile(file) ? JsonFile.read(file) : empty();
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
