// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.TinyBert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A tiny BERT of random weights that knows all words of some data. */
public final class WordModel {

  private static final Pattern WORD = Pattern.compile("\\p{L}+|\\p{N}+|[^\\s\\p{L}\\p{N}]");

  private WordModel() {}

  /**
   * Writes the model.
   *
   * @param folder where to
   * @param data the folder of the data
   */
  public static Path write(Path folder, Path data) throws IOException {
    Set<String> words = new TreeSet<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        WORD.matcher(Files.readString(file).toLowerCase(Locale.ROOT))
            .results()
            .forEach(match -> words.add(match.group()));
      }
    }
    Set<String> vocabulary =
        new LinkedHashSet<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    vocabulary.addAll(words);
    return TinyBert.write(
        folder, TinyBert.config(vocabulary.size(), 16, 512, 0.1, 0.1), new ArrayList<>(vocabulary));
  }
}
