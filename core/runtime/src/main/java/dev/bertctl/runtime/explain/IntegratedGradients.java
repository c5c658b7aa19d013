// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.packing.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Integrated gradients at the embeddings, as Captum's {@code LayerIntegratedGradients} of {@code
 * model.bert.embeddings}: {@code (x - b)·Σ w·∇f(b + a·(x - b))}, with the points a and weights w of
 * Gauss-Legendre quadrature, summed over the hidden size.
 */
final class IntegratedGradients {

  private static final GaussIntegratorFactory QUADRATURE = new GaussIntegratorFactory();

  private final ExplainedCase explained;
  private final GaussIntegrator points;

  /**
   * @param steps number of points
   */
  IntegratedGradients(ExplainedCase explained, int steps) {
    this.explained = explained;
    this.points = QUADRATURE.legendre(steps, 0, 1);
  }

  Attribution attribution() {
    Batch both = explained.batch(List.of(explained.feature(), explained.masked(explained.words())));
    float[] embeddings = explained.gradients().embeddings(both); // [2C,T,H]
    int size = embeddings.length / 2;
    float[] x = Arrays.copyOfRange(embeddings, 0, size); // [C,T,H]
    float[] baseline = Arrays.copyOfRange(embeddings, size, 2 * size);
    double[] gradient = meanGradient(x, baseline);
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) {
      scores[i] = ((double) x[i] - baseline[i]) * gradient[i];
    }
    List<Double> values = explained.scores(both.features());
    return Attribution.ofTokens(
        ExplanationMethod.INTEGRATED_GRADIENTS,
        explained.words(),
        TokenScores.of(explained, scores),
        Optional.of(new Completeness(Arrays.stream(scores).sum(), values.get(0) - values.get(1))));
  }

  /** The weighted mean of the gradients on the way, [C,T,H]. */
  private double[] meanGradient(float[] x, float[] baseline) {
    double[] sum = new double[x.length];
    int most = explained.batchSize();
    for (int from = 0; from < points.getNumberOfPoints(); from += most) {
      int count = Math.min(most, points.getNumberOfPoints() - from);
      Batch batch =
          explained.batch(new ArrayList<>(Collections.nCopies(count, explained.feature())));
      float[] between = new float[count * x.length];
      for (int i = 0; i < between.length; i++) {
        int own = i % x.length;
        double share = points.getPoint(from + i / x.length);
        between[i] = (float) (baseline[own] + share * ((double) x[own] - baseline[own]));
      }
      float[] gradients = explained.gradients().gradient(batch, between, explained.selector(batch));
      for (int i = 0; i < gradients.length; i++) {
        sum[i % x.length] += points.getWeight(from + i / x.length) * gradients[i];
      }
    }
    return sum;
  }
}
