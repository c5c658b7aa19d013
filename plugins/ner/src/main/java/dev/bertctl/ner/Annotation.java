// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The entities of a sentence, gold or predicted.
 *
 * @param tags one a word
 * @param loose from left to right, entities that tags cannot express, since they begin or end
 *     within a word; words that they touch are tagged O
 */
record Annotation(List<String> tags, List<Span> loose) {

  /** Copies the lists. */
  Annotation {
    tags = List.copyOf(tags);
    loose = List.copyOf(loose);
  }

  /** Entities given as tags. */
  static Annotation of(List<String> tags) {
    return new Annotation(tags, List.of());
  }

  /**
   * Entities given as spans of the text that the words stand in.
   *
   * @param spans from left to right, none overlapping another
   */
  static Annotation of(List<Span> spans, List<Word> words, TagScheme scheme) {
    List<Chunk> chunks = new ArrayList<>();
    List<Span> loose = new ArrayList<>();
    int from = 0;
    for (Span span : spans) {
      while (from < words.size() && words.get(from).end() <= span.start()) {
        from++;
      }
      int to = from;
      while (to < words.size() && words.get(to).start() < span.end()) {
        to++;
      }
      boolean whole =
          from < to
              && words.get(from).start() >= span.start()
              && words.get(to - 1).end() <= span.end();
      if (whole) {
        chunks.add(new Chunk(span.type(), from, to));
      } else {
        loose.add(span);
      }
    }
    return new Annotation(scheme.tags(chunks, words.size()), loose);
  }

  /** All entities by their characters, so that those within a word can be compared as well. */
  List<Span> spans(List<Word> words) {
    List<Span> spans = new ArrayList<>(loose);
    for (Chunk chunk : Chunk.of(tags)) {
      spans.add(
          new Span(chunk.type(), words.get(chunk.from()).start(), words.get(chunk.to() - 1).end()));
    }
    return spans;
  }

  /** The words that loose entities touch. */
  BitSet looseWords(List<Word> words) {
    BitSet touched = new BitSet();
    int word = 0;
    for (Span span : loose) {
      while (word < words.size() && words.get(word).end() <= span.start()) {
        word++;
      }
      for (int i = word; i < words.size() && words.get(i).start() < span.end(); i++) {
        touched.set(i);
      }
    }
    return touched;
  }

  /** The same entities in another scheme. */
  Annotation in(TagScheme scheme) {
    return new Annotation(scheme.rewrite(tags), loose);
  }
}
