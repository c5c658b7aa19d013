// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Path;
import java.util.List;

/** Opens the tokenizer of a model folder. */
public final class Tokenizers {

  private Tokenizers() {}

  /** The names of all files of a model folder that are read for its tokenizer. */
  public static List<String> files() {
    return List.of(
        TokenizerFile.NAME,
        VocabularyFile.NAME,
        TokenizerConfig.FILE,
        TokenizerConfig.SPECIAL_TOKENS,
        TokenizerConfig.ADDED_TOKENS);
  }

  /**
   * Opens a model folder's tokenizer as transformers 5 does with {@code AutoTokenizer}: the class
   * that tokenizer_config.json or config.json names, or that of the model's type, decides which
   * files count. For a {@code BertTokenizer} tokenizer_config.json says how texts are normalised
   * ({@code do_lower_case}, which is true where it is silent, {@code strip_accents}, {@code
   * tokenize_chinese_chars}), and the vocabulary comes from tokenizer.json or else vocab.txt; for a
   * {@code PreTrainedTokenizerFast} tokenizer.json tells all. Added tokens are those of {@code
   * added_tokens_decoder} in tokenizer_config.json, or else of special_tokens_map.json,
   * added_tokens.json and tokenizer.json.
   *
   * <p>In a folder that transformers does not take for a BERT, such as one without a config.json, a
   * tokenizer.json tells all; where there is only a vocab.txt, and nothing says the casing, one
   * with capitalised words is cased.
   *
   * <p>Truncation and padding in the files do not apply. Special tokens written out in a text, such
   * as {@code [SEP]}, are recognised as such, as they are by Hugging Face.
   *
   * @throws UserException if the folder holds no tokenizer, one that bertctl cannot do, or files
   *     that contradict each other
   */
  public static Tokenizer open(Path folder) {
    return TokenizerFiles.of(folder).open();
  }

  /**
   * The tokens of a model folder, without opening its tokenizer.
   *
   * @throws UserException as {@link #open}
   */
  public static TokenList vocabulary(Path folder) {
    return TokenizerFiles.of(folder).vocabulary();
  }

  /**
   * Writes the tokenizer of a vocabulary of whole words in Hugging Face's form: texts are split on
   * white space.
   *
   * @param source what the words come from, for errors
   * @param words by id, special tokens among them; of equal ones the last counts
   * @param special how the special tokens are written
   * @param lowerCase whether texts are lower-cased before
   * @throws UserException if a special token is missing
   */
  public static void writeWords(
      Path source, List<String> words, SpecialTokens special, boolean lowerCase, Path target) {
    JsonFile.write(
        target.resolve(TokenizerFile.NAME),
        WordLevelJson.of(new VocabularyFile(source, words), special, lowerCase));
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    special.addTo(config);
    JsonFile.write(target.resolve(TokenizerConfig.FILE), config);
  }
}
