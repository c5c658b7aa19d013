// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the files of a model folder that decide its tokenizer. */
final class TokenizerFolder {

  private final Path folder;
  private final Path json;
  private final Path text;

  TokenizerFolder(Path folder) {
    this.folder = folder;
    this.json = folder.resolve(TokenizerFile.NAME);
    this.text = folder.resolve(VocabularyFile.NAME);
  }

  TokenizerFile read() {
    boolean whole = Files.isRegularFile(json);
    Optional<VocabularyFile> vocabulary =
        Files.isRegularFile(text) ? Optional.of(VocabularyFile.read(text)) : Optional.empty();
    if (!whole && vocabulary.isEmpty()) {
      throw new UserException(
          folder
              + ": has neither tokenizer.json nor vocab.txt; a BERT model folder needs one of them");
    }
    TokenizerConfig config = TokenizerConfig.of(folder);
    TokenizerClass kind = TokenizerClass.of(folder, config);
    if (kind == TokenizerClass.FILE && !whole) {
      throw new UserException(
          "%s: has no tokenizer.json, which would tell all of a PreTrainedTokenizerFast; copy it there, or, if vocab.txt is of a BertTokenizer, set tokenizer_class to that"
              .formatted(folder));
    }
    TokenizerFile file;
    if (!whole) {
      file = new BertTokenizer(config).of(vocabulary.orElseThrow(), kind == TokenizerClass.BERT);
    } else if (kind == TokenizerClass.BERT) {
      file = new BertTokenizer(config).of(json, JsonFile.read(json));
    } else {
      file = new WholeTokenizer(config).of(json, JsonFile.read(json));
    }
    return vocabulary.map(file::withLinesOf).orElse(file);
  }
}
