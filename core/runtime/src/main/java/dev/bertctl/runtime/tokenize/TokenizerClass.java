// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Which of a folder's files say how a text is split, as transformers 5 decides it. */
enum TokenizerClass {

  /**
   * transformers' {@code BertTokenizer}: tokenizer_config.json tells how texts are normalised, and
   * only the vocabulary and the added tokens of a tokenizer.json count.
   */
  BERT,

  /** transformers' {@code PreTrainedTokenizerFast}: tokenizer.json tells all. */
  FILE,

  /**
   * A folder that transformers does not take for a BERT. A tokenizer.json tells all; beside a
   * vocab.txt it is the vocabulary that tells the casing where nothing else does.
   */
  UNDECLARED;

  private static final String KEY = "tokenizer_class";
  private static final String FAST = "Fast";

  /** Other names of one class. */
  private static final Set<String> BERTS =
      Set.of("BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MobileBertTokenizer");

  private static final Set<String> FILES = Set.of("PreTrainedTokenizer", "TokenizersBackend");

  /**
   * The class that tokenizer_config.json names, else config.json, else the one of the model's type.
   *
   * @throws UserException if it is one that bertctl does not have
   */
  static TokenizerClass of(Path folder, TokenizerConfig config) {
    Optional<String> named = config.tokenizerClass();
    if (named.isPresent()) {
      return named(config.file(), named.get());
    }
    Path model = folder.resolve("config.json");
    if (!Files.isRegularFile(model)) {
      return UNDECLARED;
    }
    ObjectNode fields = JsonFile.read(model);
    JsonNode ofModel = fields.path(KEY);
    if (ofModel.isTextual()) {
      return named(model, ofModel.textValue());
    }
    return fields.path("model_type").asText().equals("bert") ? BERT : UNDECLARED;
  }

  private static TokenizerClass named(Path file, String name) {
    String plain = name.endsWith(FAST) ? name.substring(0, name.length() - FAST.length()) : name;
    if (BERTS.contains(plain)) {
      return BERT;
    }
    if (FILES.contains(plain)) {
      return FILE;
    }
    throw new UserException(
        "%s: tokenizer_class is '%s', which bertctl does not have; it splits texts as BertTokenizer does, or as PreTrainedTokenizerFast, for which a tokenizer.json tells all: use a model with one of these"
            .formatted(file, name));
  }
}
