// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the tags of training data. */
final class FoundTags {

  private FoundTags() {}

  /**
   * The tags: O, then the others in alphabetical order. Each type found gets each position found,
   * so that a rare tag, such as {@code I-product}, may turn up in other data first.
   */
  static List<String> in(DataFile training, SentenceReader reader) {
    Set<String> positions = new TreeSet<>();
    Set<String> types = new TreeSet<>();
    try (Stream<Sentence> sentences =
        reader.read(training, Purpose.TRAINING, (location, reason) -> {})) {
      sentences
          .flatMap(sentence -> sentence.gold().stream())
          .flatMap(gold -> gold.tags().stream())
          .filter(tag -> !tag.equals(Tag.OUTSIDE))
          .forEach(
              tag -> {
                int type = tag.contains("-") ? tag.indexOf('-') : tag.length();
                positions.add(tag.substring(0, type));
                types.add(tag.substring(type));
              });
    }
    if (types.isEmpty()) {
      throw new DataException(
          training.location(),
          "no word is in an entity, so there is nothing to learn; give data with other tags than O, or list the tags in 'labels'");
    }
    List<String> tags = new ArrayList<>(List.of(Tag.OUTSIDE));
    positions.forEach(position -> types.forEach(type -> tags.add(position + type)));
    return tags;
  }
}
