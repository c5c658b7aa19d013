// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.NewModelSettings;
import dev.bertctl.core.config.NewModelSettings.Architecture;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.WordList;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.tokenize.SpecialTokens;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokenizer of a model with random weights, whose vocabulary is given or learned. */
final class NewTokenizer {

  private static final String KEY = "model.new.vocabulary";

  private final TaskConfig<?> config;
  private final NewModelSettings settings;
  private final Task<?, ?> task;

  NewTokenizer(TaskConfig<?> config, NewModelSettings settings, Task<?, ?> task) {
    this.config = config;
    this.settings = settings;
    this.task = task;
  }

  /** Writes it into an empty folder; the vocabulary. */
  TokenList write(Path folder) {
    Path file = folder.resolve("vocab.txt");
    try {
      if (settings.architecture().orElse(Architecture.BERT) == Architecture.D2L) {
        writeWords(folder);
      } else {
        writePieces(folder, file);
      }
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      return (TokenList) tokenizer.vocabulary();
    } catch (UserException e) {
      // The copy is no file that the user knows.
      throw settings
          .vocabulary()
          .<UserException>map(
              given -> config.wrong(KEY, e.getMessage().replace(file.toString(), given.toString())))
          .orElse(e);
    }
  }

  private void writePieces(Path folder, Path file) throws IOException {
    Optional<Path> given = given();
    if (given.isPresent()) {
      Files.copy(given.get(), file);
    } else {
      Files.write(file, learned());
    }
    JsonFile.write(
        folder.resolve("tokenizer_config.json"),
        Map.of("tokenizer_class", "BertTokenizer", "do_lower_case", lowerCase()));
  }

  private void writeWords(Path folder) {
    Optional<Path> given = given();
    try {
      Tokenizers.writeWords(
          given.orElse(folder),
          given.map(WordList::read).orElseGet(this::learned),
          SpecialTokens.D2L,
          lowerCase(),
          folder);
    } catch (UserException e) {
      throw given.isPresent() ? config.wrong(KEY, e.getMessage()) : e;
    }
  }

  private List<String> learned() {
    return new LearnedVocabulary(config, settings).of(task);
  }

  private boolean lowerCase() {
    return settings.lowerCase().orElse(true);
  }

  private Optional<Path> given() {
    settings
        .vocabulary()
        .filter(given -> !Files.isRegularFile(given))
        .ifPresent(
            given -> {
              throw config.wrong(KEY, "no such file: " + given);
            });
    return settings.vocabulary();
  }
}
