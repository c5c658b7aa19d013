// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.List;

/** Characters that BERT's tokenizer makes pieces of their own, so that pieces do not show words. */
final class Ideographs {

  private Ideographs() {}

  /** Whether a piece is an ideograph. */
  static boolean is(String piece) {
    return piece.codePointCount(0, piece.length()) == 1
        && Character.isIdeographic(piece.codePointAt(0));
  }

  /** Refuses sentences whose words cannot be told. */
  static void requireNone(Location location, List<String> sentences) {
    for (String sentence : sentences) {
      sentence
          .codePoints()
          .filter(Character::isIdeographic)
          .findFirst()
          .ifPresent(
              found -> {
                throw new DataException(
                    location,
                    "whole-word-masking needs the words of Chinese text, such as '%s'; give jsonl rows with a column 'words', a list of words for each sentence, or set whole-word-masking to false"
                        .formatted(Character.toString(found)));
              });
    }
  }
}
