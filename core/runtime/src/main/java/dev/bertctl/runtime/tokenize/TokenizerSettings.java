// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How text is normalised before a vocab.txt is applied to it: what tokenizer_config.json says, in
 * its names.
 *
 * @param lowerCase {@code do_lower_case}; where nothing says so, whether the vocabulary has no
 *     capitals
 * @param stripAccents {@code strip_accents}; if empty, accents go when text is lower-cased
 * @param splitChinese {@code tokenize_chinese_chars}: each Chinese character is a word
 */
record TokenizerSettings(boolean lowerCase, Optional<Boolean> stripAccents, boolean splitChinese) {

  static final String FILE = "tokenizer_config.json";

  static TokenizerSettings of(Path folder, VocabularyFile vocabulary) {
    Path source = folder.resolve(FILE);
    if (!Files.isRegularFile(source)) {
      return new TokenizerSettings(!vocabulary.cased(), Optional.empty(), true);
    }
    ObjectNode config = JsonFile.read(source);
    return new TokenizerSettings(
        flag(config, "do_lower_case", source).orElseGet(() -> !vocabulary.cased()),
        flag(config, "strip_accents", source),
        flag(config, "tokenize_chinese_chars", source).orElse(true));
  }

  private static Optional<Boolean> flag(ObjectNode config, String key, Path source) {
    JsonNode value = config.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw new UserException(
          "%s: '%s' is %s; it must be true or false".formatted(source, key, value));
    }
    return Optional.of(value.booleanValue());
  }

  /**
   * A tokenizer_config.json with which Hugging Face's {@code AutoTokenizer} makes a BERT tokenizer:
   * what the folder's own says, and behind it what it lacks.
   */
  static ObjectNode complete(Path folder, TokenizerFile file, int maxPositions) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    boolean wordPieces = file.content().path("model").path("type").asText().equals("WordPiece");
    // Of words only tokenizer.json tells how texts are split.
    config.put("tokenizer_class", wordPieces ? "BertTokenizer" : "PreTrainedTokenizerFast");
    config.put("model_max_length", maxPositions);
    file.special().addTo(config);
    JsonNode normalizer = file.content().path("normalizer");
    if (normalizer.path("type").asText().equals("BertNormalizer")) {
      config.set("do_lower_case", normalizer.get("lowercase"));
      config.set("strip_accents", normalizer.get("strip_accents"));
      config.set("tokenize_chinese_chars", normalizer.get("handle_chinese_chars"));
    }
    Path own = folder.resolve(FILE);
    return Files.isRegularFile(own) ? config.setAll(JsonFile.read(own)) : config;
  }
}
