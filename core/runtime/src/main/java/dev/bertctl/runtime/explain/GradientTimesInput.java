// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.packing.Batch;
import java.util.List;
import java.util.Optional;

/**
 * The gradient at the embeddings times the embeddings, as Captum's {@code LayerGradientXActivation}
 * of {@code model.bert.embeddings}, summed over the hidden size.
 */
final class GradientTimesInput {

  private final ExplainedCase explained;

  GradientTimesInput(ExplainedCase explained) {
    this.explained = explained;
  }

  Attribution attribution() {
    Batch batch = explained.batch(List.of(explained.feature()));
    float[] x = explained.gradients().embeddings(batch); // [C,T,H]
    float[] gradient = explained.gradients().gradient(batch, x, explained.selector(batch));
    double[] scores = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      scores[i] = (double) x[i] * gradient[i];
    }
    return Attribution.ofTokens(
        ExplanationMethod.GRADIENT_X_INPUT,
        explained.words(),
        TokenScores.of(explained, scores),
        Optional.empty());
  }
}
