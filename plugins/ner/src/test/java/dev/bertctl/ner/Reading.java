// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads test data.
 *
 * @param sentences what was read
 * @param skipped place and reason of what was left out
 * @param warnings place and kind of what was warned of
 */
record Reading(List<Sentence> sentences, List<String> skipped, List<String> warnings) {

  static Reading of(DataFile file, Purpose purpose, String... options) {
    Notes notes = new Notes(new ArrayList<>(), new ArrayList<>());
    try (Stream<Sentence> read =
        new NerPlugin().create(Options.of(options)).reader().read(file, purpose, notes)) {
      return new Reading(read.toList(), notes.skipped(), notes.warnings());
    }
  }

  private record Notes(List<String> skipped, List<String> warnings) implements Skipped {

    @Override
    public void count(Location location, String reason) {
      skipped.add(location + " " + reason);
    }

    @Override
    public void warn(Location location, String what) {
      warnings.add(location + " " + what);
    }
  }

  /** Sentences of words and tags: {@code "Ann B-PER | is O | there O"}. */
  static List<Sentence> tagged(String... sentences) {
    List<String> lines = new ArrayList<>();
    for (String sentence : sentences) {
      lines.addAll(Arrays.asList(sentence.split(" \\| ")));
      lines.add("");
    }
    return of(MemoryFile.conll(lines.toArray(String[]::new)), Purpose.EVALUATION).sentences();
  }

  /** A file of one row. */
  static MemoryFile row(Map<String, Object> row) {
    return MemoryFile.rows(List.of(row));
  }

  Sentence only() {
    if (sentences.size() != 1) {
      throw new AssertionError(sentences);
    }
    return sentences.get(0);
  }

  List<List<String>> words() {
    return sentences.stream().map(Sentence::wordTexts).toList();
  }

  List<List<String>> tags() {
    return sentences.stream().map(sentence -> sentence.gold().orElseThrow().tags()).toList();
  }
}
