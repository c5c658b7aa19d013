// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.ModelFacts;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;

/**
 * What a model answered for one example.
 *
 * @param features the example's features with their outputs
 * @param vocabulary the model's
 * @param model its architecture
 */
record ExampleOutput(List<FeatureOutput> features, Vocabulary vocabulary, ModelFacts model)
    implements ModelOutput {

  ExampleOutput {
    features = List.copyOf(features);
  }
}
