// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sentence: its words are to be tagged.
 *
 * @param location where it was read: its first word's line in a CoNLL file
 * @param columns the input's own columns; none for a CoNLL file
 * @param text the sentence; where words were read, they are joined by single spaces
 * @param words where the words stand in the text
 * @param gold its entities, if known
 * @param document the text that the model may see: the sentence itself, or its whole document
 * @param start where in the document the sentence begins
 */
record Sentence(
    Location location,
    Map<String, Object> columns,
    String text,
    List<Word> words,
    Optional<Annotation> gold,
    String document,
    int start)
    implements Example {

  /** Copies the list. */
  Sentence {
    words = List.copyOf(words);
  }

  /** A sentence of given words. */
  static Sentence ofWords(
      Location location,
      Map<String, Object> columns,
      List<String> words,
      Optional<Annotation> gold) {
    String text = String.join(" ", words);
    return new Sentence(location, columns, text, Word.joined(words), gold, text, 0);
  }

  /** A line of running text, in which places are told; it is passed through as a column. */
  static Sentence ofText(Line line) {
    String text = line.text();
    return new Sentence(
        line.location(), Map.of("text", text), text, Word.in(text), Optional.empty(), text, 0);
  }

  /** This sentence with its entities in another scheme. */
  Sentence in(TagScheme scheme) {
    Optional<Annotation> rewritten = gold.map(annotation -> annotation.in(scheme));
    return new Sentence(location, columns, text, words, rewritten, document, start);
  }

  /** This sentence as a part of a document. */
  Sentence within(String wholeDocument, int at) {
    return new Sentence(location, columns, text, words, gold, wholeDocument, at);
  }

  /** The words' texts. */
  List<String> wordTexts() {
    return words.stream().map(word -> text.substring(word.start(), word.end())).toList();
  }

  /** Where the words are in the document. */
  List<Word> documentWords() {
    return words.stream().map(word -> new Word(start + word.start(), start + word.end())).toList();
  }
}
