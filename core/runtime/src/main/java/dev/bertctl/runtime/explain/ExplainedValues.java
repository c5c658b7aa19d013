// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.ClosestName;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Chooses what is explained of an example's outputs. */
final class ExplainedValues {

  /** Values of an example that are explained if no one says which. */
  static final int MOST = 3;

  private final ExplainableOutput output;
  private final List<Matrix> outputs;
  private final Optional<String> label;

  /**
   * @param outputs the head's output for each feature of the example
   * @param label the class, number or choice that is asked for
   * @throws UserException if there is no such label
   */
  ExplainedValues(ExplainableOutput output, List<Matrix> outputs, Optional<String> label) {
    this.output = output;
    this.outputs = outputs;
    this.label = label;
    List<String> names = names();
    label
        .filter(name -> !names.contains(name))
        .ifPresent(
            name -> {
              throw unknown(name, names, output.labels());
            });
  }

  /** What can be asked for. */
  private List<String> names() {
    return output.kind() == ExplainableOutput.Kind.CHOICES
        ? IntStream.range(0, outputs.get(0).rows()).mapToObj(Integer::toString).toList()
        : output.labels();
  }

  /** Nobody mistypes the number of a choice. */
  private static UserException unknown(String name, List<String> names, List<String> labels) {
    if (names.isEmpty()) {
      return new UserException(
          "'%s' cannot be asked for: the task has no labels, and what it predicts is explained"
              .formatted(name));
    }
    return new UserException(
        "there is no '%s' to explain%s; give one of: %s"
            .formatted(
                name,
                ClosestName.to(name, labels).map(" (did you mean '%s'?)"::formatted).orElse(""),
                String.join(", ", names)));
  }

  /** Of classes, labels, numbers and choices. */
  List<Explained> ofWhole() {
    return switch (output.kind()) {
      case CHOICES -> List.of(choice());
      case CLASSES -> List.of(labelled(best(value -> isAsked(value.column()))));
      case LABELS, NUMBERS -> several();
      case TAGS, SPANS -> throw new IllegalStateException("values of tokens");
    };
  }

  private Explained choice() {
    Value best = best(value -> label.map(Integer.toString(value.row())::equals).orElse(true));
    return new Explained(
        best.feature(), best.row(), best.row(), 0, Integer.toString(best.row()), Optional.empty());
  }

  /** All numbers; of labels those that are predicted, or the likeliest. */
  private List<Explained> several() {
    List<Explained> found = new ArrayList<>();
    for (int column = 0; column < outputs.get(0).columns() && found.size() < MOST; column++) {
      int own = column;
      Value best = best(value -> value.column() == own);
      boolean predicted = output.kind() == ExplainableOutput.Kind.NUMBERS || best.score() > 0;
      if (isAsked(column) && (predicted || label.isPresent())) {
        found.add(labelled(best));
      }
    }
    return found.isEmpty() ? List.of(labelled(best(value -> true))) : found;
  }

  private boolean isAsked(int column) {
    return label.map(name -> output.labels().indexOf(name) == column).orElse(true);
  }

  private Explained labelled(Value value) {
    String name = output.labels().isEmpty() ? "number" : output.labels().get(value.column());
    return new Explained(value.feature(), 0, value.row(), value.column(), name, Optional.empty());
  }

  /** The highest of some values; of equal ones the first. */
  private Value best(Predicate<Value> which) {
    List<Value> values = new ArrayList<>();
    for (int feature = 0; feature < outputs.size(); feature++) {
      Matrix matrix = outputs.get(feature);
      for (int i = 0; i < matrix.values().length; i++) {
        values.add(
            new Value(feature, i / matrix.columns(), i % matrix.columns(), matrix.values()[i]));
      }
    }
    return values.stream()
        .filter(which)
        .reduce((one, next) -> next.score() > one.score() ? next : one)
        .orElseThrow();
  }

  /**
   * Of tags.
   *
   * @param words those of each feature's sequence
   * @param asked the word whose tag is explained; empty for those that have one
   */
  List<Explained> ofTags(List<List<Word>> words, Optional<String> asked) {
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
        .limit(MOST)
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
    String tag = output.labels().get(one.column());
    return label.map(tag::equals).orElse(!tag.equals("O"))
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
      this.column = label.map(output.labels()::indexOf).orElse(predicted);
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
      String name = output.labels().get(column);
      return new Explained(feature, 0, word.position(), column, name, Optional.of(word));
    }
  }

  /**
   * Of answers: where the likeliest starts, and where it ends. It lies in the last of the texts.
   *
   * @param features the example's
   * @param words those of each feature's sequence
   * @return none if no text has a word
   */
  List<Explained> ofSpan(List<Feature> features, List<List<Word>> words) {
    Optional<Span> best = Optional.empty();
    for (int feature = 0; feature < features.size(); feature++) {
      int text = features.get(feature).sequence().texts().size() - 1;
      int from = features.get(feature).sequence().start(text);
      int to = from + features.get(feature).sequence().texts().get(text).size();
      for (int start = from; start < to; start++) {
        for (int end = start; end < Math.min(to, start + Span.LONGEST); end++) {
          Span span = Span.of(feature, start, end, outputs.get(feature));
          if (best.isEmpty() || span.score() > best.get().score()) {
            best = Optional.of(span);
          }
        }
      }
    }
    return best.stream()
        .flatMap(
            span -> {
              List<Word> own = words.get(span.feature());
              return List.of(
                  end(span.feature(), span.start(), 0, "start", own),
                  end(span.feature(), span.end(), 1, "end", own))
                  .stream();
            })
        .toList();
  }

  private static Explained end(int feature, int row, int column, String name, List<Word> words) {
    Optional<Word> word = words.stream().filter(one -> one.isAt(row)).findFirst();
    return new Explained(feature, 0, row, column, name, word);
  }

  /** A value of an output. */
  private record Value(int feature, int row, int column, float score) {}

  /** A span of tokens. */
  private record Span(int feature, int start, int end, float score) {

    /** Most tokens of an answer, as the reference implementations have it. */
    static final int LONGEST = 30;

    static Span of(int feature, int start, int end, Matrix logits) {
      return new Span(feature, start, end, logits.at(start, 0) + logits.at(end, 1));
    }
  }
}
