// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A predicted entity.
 *
 * @param text cut from the sentence as it was given
 * @param type its type
 * @param start its first character in the sentence, in Unicode characters (code points) from 0
 * @param end one past its last character
 * @param score the mean of its words' probabilities
 */
record Entity(String text, String type, int start, int end, double score) {

  /**
   * Makes an entity of words.
   *
   * @param places places in the sentence's text
   * @param scores for each word of the sentence the probability of its tag
   */
  static Entity of(Sentence sentence, CharacterPlaces places, Chunk chunk, List<Double> scores) {
    int from = sentence.words().get(chunk.from()).start();
    int to = sentence.words().get(chunk.to() - 1).end();
    return new Entity(
        sentence.text().substring(from, to),
        chunk.type(),
        places.character(from),
        places.character(to),
        scores.subList(chunk.from(), chunk.to()).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow());
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", text);
    fields.put("type", type);
    fields.put("start", start);
    fields.put("end", end);
    fields.put("score", score);
    return fields;
  }
}
