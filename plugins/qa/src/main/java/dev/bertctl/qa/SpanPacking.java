// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Packs {@code [CLS] question [SEP] window of the passage [SEP]}, one feature a window, as Hugging
 * Face's {@code run_qa} does. The target is the first and last token of the first gold answer; a
 * window that does not hold the whole answer has the target {@code [CLS]}.
 *
 * @param maxQuestionLength longest question in word pieces
 * @param docStride word pieces that neighbouring windows share
 */
record SpanPacking(int maxQuestionLength, int docStride) implements InputPacking<Question> {

  /** {@code [CLS]}, {@code [SEP]} and {@code [SEP]}. */
  private static final int SPECIAL = 3;

  /** Both ends at {@code [CLS]}, which is what a passage without the answer is trained towards. */
  private static final Target NO_ANSWER = Target.of(0, 0);

  private static final Target UNKNOWN = Target.of(Target.IGNORED, Target.IGNORED);

  @Override
  public List<Feature> pack(Question question, Packer packer) {
    int room = packer.maxLength() - SPECIAL;
    Pieces whole = packer.tokenize(question.text());
    Pieces asked = whole.slice(0, Math.min(whole.size(), Math.min(maxQuestionLength, room / 2)));
    Pieces passage = packer.tokenize(question.passage());
    Optional<Window> answer = answer(question, passage);
    List<Feature> features = new ArrayList<>();
    int left = room - asked.size();
    for (Window window : Window.over(passage.size(), left, overlap(left))) {
      Pieces part = passage.slice(window.from(), window.to());
      Sequence sequence = packer.pair(asked, part, Truncation.ONLY_SECOND);
      // The question is in every window but was cut once.
      int cut = features.isEmpty() ? whole.size() - asked.size() : 0;
      features.add(
          Feature.of(sequence.cutBefore(0, cut), target(question, answer, window, sequence)));
    }
    return features;
  }

  /** The windows that a passage's features show, as pieces of the passage. */
  List<Window> windows(List<Feature> features) {
    List<Window> windows = new ArrayList<>();
    int room = features.get(0).sequence().texts().get(1).size(); // all but the last are full
    for (Feature feature : features) {
      int from = windows.size() * (room - overlap(room));
      windows.add(new Window(from, from + feature.sequence().texts().get(1).size()));
    }
    return windows;
  }

  private int overlap(int room) {
    return Math.min(docStride, room / 2);
  }

  /** The pieces of the first gold answer; empty if it has none, or no place. */
  private static Optional<Window> answer(Question question, Pieces passage) {
    return question.answers().stream()
        .flatMap(answers -> answers.stream().limit(1))
        .flatMap(answer -> answer.place().stream())
        .map(place -> pieces(place, passage))
        .filter(answer -> answer.from() < answer.to())
        .findFirst();
  }

  private static Target target(
      Question question, Optional<Window> answer, Window window, Sequence in) {
    if (question.answers().isEmpty()) {
      return Target.NONE;
    }
    if (question.hasNoAnswer()) {
      return NO_ANSWER;
    }
    return answer.map(pieces -> target(pieces, window, in.start(1))).orElse(UNKNOWN);
  }

  /** The pieces that a span touches; none if it is of characters that make no word piece. */
  private static Window pieces(Span place, Pieces passage) {
    int first = 0;
    while (first < passage.size() && passage.ends()[first] <= place.start()) {
      first++;
    }
    int end = passage.size();
    while (end > 0 && passage.starts()[end - 1] >= place.end()) {
      end--;
    }
    return new Window(first, end);
  }

  private static Target target(Window answer, Window window, int start) {
    return window.from() <= answer.from() && answer.to() <= window.to()
        ? Target.of(start + answer.from() - window.from(), start + answer.to() - 1 - window.from())
        : NO_ANSWER;
  }
}
