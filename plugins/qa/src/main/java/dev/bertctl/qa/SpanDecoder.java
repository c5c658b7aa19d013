// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Softmax;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Answers with the best span. Where questions may have no answer, "no answer" is a candidate too:
 * its score is the sum of the logits of {@code [CLS]}, the lowest of all windows, as in {@code
 * run_squad} and {@code run_qa}.
 *
 * @param search finds the best spans
 * @param unanswerable whether questions may have no answer
 * @param nullThreshold there is no answer if the score of "no answer" exceeds that of the best span
 *     by more
 */
record SpanDecoder(SpanSearch search, boolean unanswerable, double nullThreshold)
    implements Decoder<Question, Answer> {

  /** Where there is no answer: nothing, at the beginning of the passage. */
  private static final Span NOWHERE = new Span(0, 0);

  @Override
  public Answer decode(Question question, ModelOutput output) {
    List<FeatureOutput> outputs = output.features();
    List<ScoredSpan> spans = search.find(outputs);
    ScoredSpan none = noAnswer(outputs);
    // An empty passage has no span.
    double bestScore = spans.isEmpty() ? 0 : spans.get(0).score();
    double odds = none.score() - bestScore;
    boolean answered = !spans.isEmpty() && (!unanswerable || odds <= nullThreshold);
    List<ScoredSpan> all = unanswerable || spans.isEmpty() ? with(none, spans) : spans;
    return new Answer(
        Optional.of(answered ? text(question, spans.get(0)) : ""),
        unanswerable ? OptionalDouble.of(odds) : OptionalDouble.empty(),
        candidates(question, all));
  }

  /** "No answer" takes the last span's place if it is better; the best span stays in any case. */
  private List<ScoredSpan> with(ScoredSpan none, List<ScoredSpan> spans) {
    List<ScoredSpan> all = new ArrayList<>(spans);
    all.add(none);
    all.sort(Comparator.comparingDouble(ScoredSpan::score).reversed());
    int last = all.size() - 1;
    if (last > 1 && last == search.nBest() && !all.get(last).equals(none)) {
      all.remove(last);
    }
    return all;
  }

  private static ScoredSpan noAnswer(List<FeatureOutput> outputs) {
    return outputs.stream()
        .map(FeatureOutput::logits)
        .map(logits -> new ScoredSpan(NOWHERE, logits.at(0, 0), logits.at(0, 1)))
        .min(Comparator.comparingDouble(ScoredSpan::score))
        .orElseThrow();
  }

  private static List<Candidate> candidates(Question question, List<ScoredSpan> spans) {
    float[] scores = new float[spans.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) spans.get(i).score();
    }
    List<Double> probabilities = Softmax.of(scores);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      ScoredSpan each = spans.get(i);
      candidates.add(
          new Candidate(
              text(question, each),
              question.passage().codePointCount(0, each.span().start()),
              question.passage().codePointCount(0, each.span().end()),
              probabilities.get(i),
              each.startLogit(),
              each.endLogit()));
    }
    return candidates;
  }

  private static String text(Question question, ScoredSpan scored) {
    return question.passage().substring(scored.span().start(), scored.span().end());
  }
}
