// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.runtime.explain.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One of a sequence's texts, word by word. What the packing made of a row's columns is not known:
 * the text is that of the row's which has every word at its place.
 *
 * @param source the whole text, where it is known
 * @param words in their order
 * @param after what stands behind the last word
 */
public record ExplainedText(Optional<String> source, List<ShownWord> words, String after) {

  private static final String MORE = "…";

  /** Copies the words. */
  public ExplainedText {
    words = List.copyOf(words);
  }

  /**
   * The texts of a sequence.
   *
   * @param words those of the sequence
   * @param candidates all texts of the row
   */
  static List<ExplainedText> of(List<Word> words, List<String> candidates) {
    int texts = words.stream().mapToInt(word -> word.text() + 1).max().orElse(0);
    return IntStream.range(0, texts)
        .mapToObj(text -> words.stream().filter(word -> word.text() == text).toList())
        .map(own -> ofOne(own, candidates))
        .toList();
  }

  private static ExplainedText ofOne(List<Word> words, List<String> candidates) {
    Optional<String> source =
        candidates.stream()
            .filter(text -> words.stream().allMatch(word -> word.isIn(text)))
            .min(Comparator.comparingInt(String::length));
    return source
        .map(text -> new ExplainedText(source, written(words, text), after(words, text)))
        .orElseGet(() -> new ExplainedText(source, pieced(words), ""));
  }

  private static List<ShownWord> written(List<Word> words, String source) {
    List<ShownWord> shown = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String before =
          i == 0
              ? source.substring(0, word.from()).isBlank() ? "" : MORE + " "
              : source.substring(Math.min(words.get(i - 1).to(), word.from()), word.from());
      shown.add(new ShownWord(word, before, source.substring(word.from(), word.to())));
    }
    return shown;
  }

  private static String after(List<Word> words, String source) {
    if (words.isEmpty()) {
      return "";
    }
    String rest = source.substring(words.get(words.size() - 1).to());
    return rest.isBlank() ? "" : rest.length() > 1 ? " " + MORE : rest;
  }

  private static List<ShownWord> pieced(List<Word> words) {
    List<ShownWord> shown = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean apart = i > 0 && words.get(i - 1).to() < words.get(i).from();
      shown.add(new ShownWord(words.get(i), apart ? " " : "", words.get(i).name()));
    }
    return shown;
  }

  /** The place of a character in Unicode characters from 0; empty where the text is not known. */
  Optional<Integer> characters(int index) {
    return source.map(text -> text.codePointCount(0, index));
  }
}
