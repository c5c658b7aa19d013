// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring words that their tags make one entity.
 *
 * @param type the entity's type
 * @param from index of its first word
 * @param to one past its last word
 */
record Chunk(String type, int from, int to) {

  /**
   * The entities of a sentence by the rules of conlleval, which read any sequence of tags: {@code O
   * I-PER I-LOC B-LOC} has the entities PER [1,2), LOC [2,3) and LOC [3,4).
   *
   * <p>The rules are those of {@code startOfChunk} and {@code endOfChunk} in conlleval.pl
   * (2004-01-26). It knows no S, and joins an entity to the next of its type at E followed by B;
   * there BIOES is read as later versions in Python and seqeval do: E and S always end an entity, B
   * and S always begin one.
   */
  static List<Chunk> of(List<String> tags) {
    List<Chunk> chunks = new ArrayList<>();
    Tag previous = Tag.parse(Tag.OUTSIDE);
    int open = -1;
    for (int i = 0; i < tags.size(); i++) {
      Tag tag = Tag.parse(tags.get(i));
      boolean begins = tag.beginsAfter(previous);
      if (open >= 0 && (begins || previous.ends() || tag.isOutside())) {
        chunks.add(new Chunk(previous.type(), open, i));
        open = -1;
      }
      if (begins) {
        open = i;
      }
      previous = tag;
    }
    if (open >= 0) {
      chunks.add(new Chunk(previous.type(), open, tags.size()));
    }
    return chunks;
  }
}
