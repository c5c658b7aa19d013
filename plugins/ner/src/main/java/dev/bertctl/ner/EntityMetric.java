// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.metric.BinaryCounts;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Precision, recall and F1 of whole entities, with the figures of conlleval (CoNLL-2000 and 2003):
 * an entity is correct if its first word, last word and type are. Also macro F1, the plain mean of
 * the F1 of all types that gold data or predictions have, and the accuracy of tags.
 *
 * <p>Gold {@code B-PER I-PER O B-LOC} and predicted {@code B-PER I-PER O B-PER} give precision 1/2,
 * recall 1/2 and F1 1/2, macro F1 (2/3 + 0)/2 = 1/3, and accuracy 3/4.
 */
record EntityMetric() implements Metric<Sentence, Tagging> {

  @Override
  public String primary() {
    return "f1";
  }

  @Override
  public Scorer<Sentence, Tagging> scorer() {
    return new Count();
  }

  /** Entities of one type, or of all. */
  private record Matches(long gold, long predicted, long correct) {

    static final Matches NONE = new Matches(0, 0, 0);

    Matches plus(Matches more) {
      return new Matches(gold + more.gold, predicted + more.predicted, correct + more.correct);
    }

    BinaryCounts counts() {
      return new BinaryCounts(correct, predicted - correct, gold - correct, 0);
    }
  }

  private static final class Count implements Scorer<Sentence, Tagging> {

    private final Map<String, Matches> types = new TreeMap<>();
    private long words;
    private long rightTags;

    @Override
    public void add(Sentence sentence, Tagging tagging) {
      Annotation gold = sentence.gold().orElseThrow();
      Annotation predicted = tagging.predicted();
      Set<Span> goldSpans = new HashSet<>(gold.spans(sentence.words()));
      Set<Span> predictedSpans = new HashSet<>(predicted.spans(sentence.words()));
      goldSpans.forEach(span -> count(span, 1, 0, predictedSpans.contains(span) ? 1 : 0));
      predictedSpans.forEach(span -> count(span, 0, 1, 0));
      for (int i = 0; i < gold.tags().size(); i++) {
        rightTags += gold.tags().get(i).equals(predicted.tags().get(i)) ? 1 : 0;
      }
      words += gold.tags().size();
    }

    private void count(Span span, int gold, int predicted, int correct) {
      types.merge(span.type(), new Matches(gold, predicted, correct), Matches::plus);
    }

    @Override
    public Scores scores() {
      BinaryCounts all = types.values().stream().reduce(Matches.NONE, Matches::plus).counts();
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("f1", all.f1());
      values.put("precision", all.precision());
      values.put("recall", all.recall());
      values.put(
          "macro_f1",
          types.values().stream().mapToDouble(type -> type.counts().f1()).average().orElse(0));
      values.put("accuracy", share(rightTags, words));
      Map<String, BinaryCounts> perClass = new LinkedHashMap<>();
      types.forEach((type, matches) -> perClass.put(type, matches.counts()));
      return new Scores(values, List.of(Detail.Table.perClass(perClass)));
    }
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
