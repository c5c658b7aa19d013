// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * The tokenizer of a model folder as its files were when they were read: what is opened and saved
 * is that, whatever becomes of the files.
 */
public final class TokenizerFiles {

  private final TokenizerFile file;
  private final OptionalInt maxLength;

  private TokenizerFiles(TokenizerFile file, OptionalInt maxLength) {
    this.file = file;
    this.maxLength = maxLength;
  }

  /**
   * Reads the files of a model folder.
   *
   * @throws dev.bertctl.runtime.UserException as {@link Tokenizers#open}
   */
  public static TokenizerFiles of(Path folder) {
    return new TokenizerFiles(TokenizerFile.of(folder), TokenizerConfig.of(folder).maxLength());
  }

  /** Opens the tokenizer. */
  public Tokenizer open() {
    return new WordPieceTokenizer(file);
  }

  /** The tokens, without opening the tokenizer. */
  public TokenList vocabulary() {
    return TokenList.of(file);
  }

  /**
   * Writes the tokenizer into another folder, in files that agree with each other and of which
   * transformers' {@code AutoTokenizer} makes the same ids: tokenizer.json, vocab.txt and
   * tokenizer_config.json. What the model's files say beside that is left behind.
   *
   * @param maxPositions the longest sequence that the model can take
   * @throws dev.bertctl.runtime.files.FileException if a file cannot be written
   */
  public void save(Path target, int maxPositions) {
    FileTree.create(target);
    WholeFile.write(
        target.resolve(VocabularyFile.NAME),
        partial -> Files.writeString(partial, String.join("\n", file.lines()) + "\n"));
    JsonFile.write(target.resolve(TokenizerFile.NAME), file.content());
    JsonFile.write(
        target.resolve(TokenizerConfig.FILE),
        file.config(Math.min(maxPositions, maxLength.orElse(maxPositions))));
  }
}
