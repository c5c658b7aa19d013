// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.bertctl.server.text.Fields;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Softmax;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The scores of a classifier's logits, as text-embeddings-inference gives them. */
final class Scores {

  /**
   * A label's score.
   *
   * @param score its probability, or its logit
   * @param label its name
   */
  record Score(float score, String label) {}

  private final Head head;
  private final boolean raw;

  /**
   * @param raw whether they are the logits: for a regression the numbers, for a classifier that was
   *     calibrated the logits divided by its temperature
   * @throws dev.bertctl.server.problem.ProblemException if there is nothing but raw scores for the
   *     head
   */
  Scores(Head head, boolean raw) {
    this.head = head;
    this.raw = raw;
    if (!raw && isRegression() && head.labels().size() > 1) {
      throw Fields.wrong(
          "raw_scores",
          BooleanNode.FALSE,
          "true: the model gives %d numbers, which are no probabilities"
              .formatted(head.labels().size()));
    }
  }

  private boolean isRegression() {
    return head.problemType().filter(ProblemType.REGRESSION::equals).isPresent();
  }

  /** Of each label, the highest first. */
  List<Score> ranked(ModelOutput output) {
    float[] values = of(output);
    List<Score> scores = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      scores.add(new Score(values[i], label(head, i)));
    }
    scores.sort(Comparator.comparingDouble((Score score) -> -score.score()));
    return scores;
  }

  /** Of each label in their order: softmax of one right label, sigmoid of all else. */
  float[] of(ModelOutput output) {
    float[] logits = output.logits().row(0);
    if (raw) {
      return logits;
    }
    return head.problemType().isPresent() || logits.length == 1 ? sigmoid(logits) : softmax(logits);
  }

  /** A label's name; transformers calls those without one so. */
  static String label(Head head, int index) {
    return index < head.labels().size() ? head.labels().get(index) : "LABEL_" + index;
  }

  private static float[] sigmoid(float... logits) {
    float[] scores = new float[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (1 / (1 + Math.exp(-logits[i])));
    }
    return scores;
  }

  private static float[] softmax(float... logits) {
    List<Double> probabilities = Softmax.of(logits);
    float[] scores = new float[logits.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = probabilities.get(i).floatValue();
    }
    return scores;
  }
}
