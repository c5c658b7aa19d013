// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
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
 */
record Reading(List<Sentence> sentences, List<String> skipped) {

  static Reading of(DataFile file, Purpose purpose, String... options) {
    List<String> skipped = new ArrayList<>();
    try (Stream<Sentence> read =
        new NerPlugin()
            .create(Options.of(options))
            .reader()
            .read(file, purpose, (location, reason) -> skipped.add(location + " " + reason))) {
      return new Reading(read.toList(), skipped);
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
