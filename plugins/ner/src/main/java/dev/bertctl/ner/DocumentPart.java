// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A sentence and the document that it is a part of.
 *
 * @param document the same for neighbouring sentences of one document
 * @param sentence the sentence
 */
record DocumentPart(String document, Sentence sentence) {

  /**
   * Shows each sentence its document. A document is read as a whole before its first sentence is
   * given.
   */
  static Stream<Sentence> inContext(Stream<DocumentPart> parts) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new Documents(parts.iterator()), Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .flatMap(DocumentPart::inContext)
        .onClose(parts::close);
  }

  private static Stream<Sentence> inContext(List<Sentence> sentences) {
    String document = sentences.stream().map(Sentence::text).collect(Collectors.joining(" "));
    List<Sentence> placed = new ArrayList<>(sentences.size());
    int start = 0;
    for (Sentence sentence : sentences) {
      placed.add(sentence.within(document, start));
      start += sentence.text().length() + 1;
    }
    return placed.stream();
  }

  /** The sentences of one document after the other. */
  private static final class Documents implements Iterator<List<Sentence>> {

    private final Iterator<DocumentPart> parts;
    private final List<DocumentPart> ahead = new ArrayList<>();

    Documents(Iterator<DocumentPart> parts) {
      this.parts = parts;
    }

    @Override
    public boolean hasNext() {
      return !ahead.isEmpty() || parts.hasNext();
    }

    @Override
    public List<Sentence> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (ahead.isEmpty()) {
        ahead.add(parts.next());
      }
      String document = ahead.get(0).document();
      List<Sentence> sentences = new ArrayList<>();
      while (!ahead.isEmpty() && ahead.get(0).document().equals(document)) {
        sentences.add(ahead.remove(0).sentence());
        if (parts.hasNext()) {
          ahead.add(parts.next());
        }
      }
      return sentences;
    }
  }
}
