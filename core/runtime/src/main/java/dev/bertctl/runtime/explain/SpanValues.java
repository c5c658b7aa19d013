// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import java.util.List;
import java.util.Optional;

/** Finds where the likeliest answer starts and ends; it lies in the last of the texts. */
final class SpanValues {

  private final List<Matrix> outputs;

  /**
   * @param outputs the logits of each feature, start and end of each token, [T,2]
   * @param label a label that is asked for, which spans have none of
   * @throws dev.bertctl.runtime.UserException if there is one
   */
  SpanValues(List<Matrix> outputs, Optional<String> label) {
    this.outputs = outputs;
    AskedLabel.require(label, List.of(), List.of());
  }

  /**
   * The start and the end of the likeliest answer.
   *
   * @param features the example's
   * @param words those of each feature's sequence
   * @return none if no text has a word
   */
  List<Explained> chosen(List<Feature> features, List<List<Word>> words) {
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

  /** A span of tokens. */
  private record Span(int feature, int start, int end, float score) {

    /** Most tokens of an answer, as the reference implementations have it. */
    static final int LONGEST = 30;

    static Span of(int feature, int start, int end, Matrix logits) {
      return new Span(feature, start, end, logits.at(start, 0) + logits.at(end, 1));
    }
  }
}
