// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens and saves the tokenizer of a model folder. */
public final class Tokenizers {

  private Tokenizers() {}

  /**
   * Opens a model folder's tokenizer.json as it is, except that its truncation and padding do not
   * apply; where there is none, its vocab.txt. Casing then comes from {@code do_lower_case} in
   * tokenizer_config.json and, where nothing says so, from the vocabulary itself: one with
   * capitalised words is cased.
   *
   * <p>Special tokens written out in a text, such as {@code [SEP]}, are recognised as such, as they
   * are by Hugging Face.
   *
   * @throws UserException if the folder holds no usable tokenizer
   */
  public static Tokenizer open(Path folder) {
    return new WordPieceTokenizer(TokenizerFile.of(folder));
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
        target.resolve("tokenizer.json"),
        WordLevelJson.of(new VocabularyFile(source, words), special, lowerCase));
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    special.addTo(config);
    JsonFile.write(target.resolve(TokenizerSettings.FILE), config);
  }

  /**
   * Writes a model folder's tokenizer into another folder so that Hugging Face's {@code
   * AutoTokenizer} opens it: tokenizer.json, vocab.txt and tokenizer_config.json. What the model
   * has is kept, what it lacks is made.
   *
   * @param maxPositions the longest sequence that the model can take
   */
  public static void save(Path folder, Path target, int maxPositions) {
    TokenizerFile file = TokenizerFile.of(folder);
    try {
      Files.createDirectories(target);
      JsonFile.write(target.resolve("tokenizer.json"), file.content());
      Path vocabulary = folder.resolve("vocab.txt");
      Files.write(
          target.resolve("vocab.txt"),
          Files.isRegularFile(vocabulary)
              ? VocabularyFile.read(vocabulary).tokens()
              : file.tokens());
      JsonFile.write(
          target.resolve(TokenizerSettings.FILE),
          TokenizerSettings.complete(folder, file, maxPositions));
    } catch (IOException e) {
      throw new UserException(target + ": the tokenizer cannot be written: " + e, e);
    }
  }
}
