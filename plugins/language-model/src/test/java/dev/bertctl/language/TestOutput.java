// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelFacts;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Map;

/** What a model answered. */
record TestOutput(List<FeatureOutput> features, Vocabulary vocabulary) implements ModelOutput {

  static TestOutput of(Vocabulary vocabulary, Feature feature, Map<String, Matrix> values) {
    return new TestOutput(List.of(new FeatureOutput(feature, values)), vocabulary);
  }

  /** One row a mask. */
  static Map<String, Matrix> top(float[] ids, float[] probabilities, int k) {
    return Map.of(
        TopTokens.IDS, new Matrix(ids, ids.length / k, k),
        TopTokens.PROBABILITIES, new Matrix(probabilities, ids.length / k, k));
  }

  /** The likeliest token of each mask. */
  static Map<String, Matrix> best(Matrix scores) {
    float[] ids = new float[scores.rows()];
    for (int mask = 0; mask < ids.length; mask++) {
      for (int id = 0; id < scores.columns(); id++) {
        ids[mask] = scores.at(mask, id) > scores.at(mask, (int) ids[mask]) ? id : ids[mask];
      }
    }
    return top(ids, new float[ids.length], 1);
  }

  @Override
  public ModelFacts model() {
    throw new UnsupportedOperationException("no decoder of this plugin asks for it");
  }
}
