// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.decode.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses which words' tags are explained. */
final class TagValues {

  private static final String NONE = "O";

  private final List<String> tags;
  private final List<Matrix> outputs;
  private final Optional<String> label;

  /**
   * @param tags in the order of the columns
   * @param outputs the logits of each feature, [T,L]
   * @param label the tag that is asked for; a word's likeliest if empty
   * @throws UserException if there is no such tag
   */
  TagValues(List<String> tags, List<Matrix> outputs, Optional<String> label) {
    this.tags = tags;
    this.outputs = outputs;
    this.label = label;
    AskedLabel.require(label, tags, tags);
  }

  /**
   * What is explained.
   *
   * @param words those of each feature's sequence
   * @param asked the word whose tag is explained; empty for those that have one
   * @throws UserException if there is no such word
   */
  List<Explained> chosen(List<List<Word>> words, Optional<String> asked) {
    List<Tagged> tagged = new ArrayList<>();
    for (int feature = 0; feature < outputs.size(); feature++) {
      for (Word word : words.get(feature)) {
        tagged.add(tagged(feature, word));
      }
    }
    List<Tagged> wanted =
        tagged.stream().filter(one -> isWanted(one, words.get(one.feature()), asked)).toList();
    if (asked.isPresent() && wanted.isEmpty()) {
      throw new UserException(
          "the word '%s' is not in this text; give one that is".formatted(asked.get()));
    }
    // A word in several windows is explained where its tag is the surest.
    return wanted.stream()
        .filter(one -> wanted.stream().noneMatch(other -> other.isSurer(one)))
        .sorted(
            Comparator.comparing((Tagged one) -> one.word().text())
                .thenComparing(one -> one.word().from()))
        .limit(ExplanationOptions.MOST_VALUES)
        .map(Tagged::explained)
        .toList();
  }

  private Tagged tagged(int feature, Word word) {
    Matrix matrix = outputs.get(feature);
    int best = 0;
    for (int column = 1; column < matrix.columns(); column++) {
      if (matrix.at(word.position(), column) > matrix.at(word.position(), best)) {
        best = column;
      }
    }
    return new Tagged(feature, word, best, matrix);
  }

  private boolean isWanted(Tagged one, List<Word> words, Optional<String> asked) {
    if (asked.isPresent()) {
      return begins(one.word(), words, Word.plain(asked.get()));
    }
    String tag = tags.get(one.column());
    return label.map(tag::equals).orElse(!tag.equals(NONE))
        && one.word().name().codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** Whether the text asked for begins with the word: it may be several of the model's words. */
  private static boolean begins(Word word, List<Word> words, String asked) {
    StringBuilder joined = new StringBuilder();
    for (int i = words.indexOf(word); i < words.size() && joined.length() < asked.length(); i++) {
      joined.append(Word.plain(words.get(i).name()));
    }
    return joined.toString().equals(asked);
  }

  /**
   * A word with its likeliest tag.
   *
   * @param matrix the output of its feature
   */
  private final class Tagged {

    private final int feature;
    private final Word word;
    private final int column;
    private final float score;

    Tagged(int feature, Word word, int predicted, Matrix matrix) {
      this.feature = feature;
      this.word = word;
      this.column = label.map(tags::indexOf).orElse(predicted);
      this.score = matrix.at(word.position(), column);
    }

    int feature() {
      return feature;
    }

    Word word() {
      return word;
    }

    int column() {
      return column;
    }

    boolean isSurer(Tagged other) {
      boolean same =
          word.text() == other.word.text()
              && word.from() == other.word.from()
              && feature != other.feature;
      return same && (score > other.score || score == other.score && feature < other.feature);
    }

    Explained explained() {
      String name = tags.get(column);
      return new Explained(feature, 0, word.position(), column, name, Optional.of(word));
    }
  }
}
