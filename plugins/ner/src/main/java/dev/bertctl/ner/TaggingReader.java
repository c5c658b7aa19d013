// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads predicted tags as gold data is read: CoNLL columns, the word first and the predicted tag
 * last, or JSON lines. They need as many sentences and words as the gold data; tags may be any.
 *
 * @param names names tags that are given as numbers
 * @param scheme how entities are tagged
 */
record TaggingReader(Optional<Labels> names, TagScheme scheme)
    implements PredictionReader<Sentence, Tagging> {

  @Override
  public List<Tagging> read(DataFile file, List<Sentence> gold, Skipped skipped) {
    SentenceReader reader =
        new SentenceReader(ConllReader.USUAL, names, Optional.empty(), scheme, false);
    List<Sentence> predictions;
    try (Stream<Sentence> sentences = reader.read(file, Purpose.EVALUATION, skipped)) {
      predictions = sentences.toList();
    }
    List<Tagging> taggings = new ArrayList<>(predictions.size());
    for (int i = 0; i < Math.min(gold.size(), predictions.size()); i++) {
      checkWords(predictions.get(i), gold.get(i), file.format(), skipped);
      Annotation predicted = predictions.get(i).gold().orElseThrow();
      taggings.add(new Tagging(gold.get(i).wordTexts(), predicted, List.of()));
    }
    if (predictions.size() != gold.size()) {
      throw new DataException(
          file.location(),
          "%d predicted sentences for %d gold sentences; give one for each, in their order"
              .formatted(predictions.size(), gold.size()));
    }
    return taggings;
  }

  private static void checkWords(
      Sentence predicted, Sentence gold, Format format, Skipped skipped) {
    List<String> words = predicted.wordTexts();
    List<String> expected = gold.wordTexts();
    if (words.size() != expected.size()) {
      throw new DataException(
          predicted.location(),
          "%d words in the sentence that begins with '%s', but %d in the gold data's at %s, '%s'; predictions need a tag for each word of each gold sentence, in their order"
              .formatted(
                  words.size(), words.get(0), expected.size(), gold.location(), expected.get(0)));
    }
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).equals(expected.get(i))) {
        // Some systems write the words as they normalised them.
        skipped.count(
            SentenceReader.location(predicted, i, format),
            "words spelt differently in the gold data, taken for the same");
      }
    }
  }
}
