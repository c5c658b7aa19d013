// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import java.util.ArrayList;
import java.util.List;

/**
 * The labels of words: {@code O} outside of entities, {@code B-type} at the beginning of one, and
 * {@code I-type} within.
 *
 * @param types the types of entities
 */
record TagSet(List<String> types) {

  private static final int OUTSIDE = 0;

  /** Copies the list. */
  TagSet {
    types = List.copyOf(types);
  }

  /** The labels in the order of the logits. */
  List<String> names() {
    List<String> names = new ArrayList<>(List.of("O"));
    for (String type : types) {
      names.add("B-" + type);
      names.add("I-" + type);
    }
    return names;
  }

  /** The label of each word. */
  int[] tags(List<Word> words, List<Entity> entities) {
    return words.stream().mapToInt(word -> tag(word, entities)).toArray();
  }

  private int tag(Word word, List<Entity> entities) {
    for (Entity entity : entities) {
      if (word.start() < entity.end() && word.end() > entity.start()) {
        int begin = 1 + 2 * types.indexOf(entity.type());
        return word.start() <= entity.start() ? begin : begin + 1;
      }
    }
    return OUTSIDE;
  }

  /** The entities that labels tell of; one that begins with {@code I-type} is as good. */
  List<Entity> entities(List<Word> words, int[] tags) {
    List<Entity> entities = new ArrayList<>();
    for (int i = 0; i < tags.length; i++) {
      if (tags[i] == OUTSIDE) {
        continue;
      }
      String type = types.get((tags[i] - 1) / 2);
      int last = entities.size() - 1;
      boolean goesOn = i > 0 && isInside(tags[i]) && typeOf(tags[i - 1]) == typeOf(tags[i]);
      Word word = words.get(i);
      if (goesOn) {
        entities.set(last, new Entity(type, entities.get(last).start(), word.end()));
      } else {
        entities.add(new Entity(type, word.start(), word.end()));
      }
    }
    return entities;
  }

  private static boolean isInside(int tag) {
    return tag != OUTSIDE && tag % 2 == 0;
  }

  /** Its index, -1 for none. */
  private static int typeOf(int tag) {
    return tag == OUTSIDE ? -1 : (tag - 1) / 2;
  }
}
