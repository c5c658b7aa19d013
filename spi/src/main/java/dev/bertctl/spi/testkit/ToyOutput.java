// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelFacts;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;

/**
 * What a model made up answers for an example, to try a decoder on.
 *
 * <p>{@code decoder.decode(example, ToyOutput.logits(feature, new Matrix(new float[] {0, 1}, 1,
 * 2)))} decodes the logits (0, 1).
 *
 * @param features the example's features with the head's outputs
 * @param vocabulary the vocabulary of the model, which has 2 layers, H = 16, A = 2, 512 tokens
 */
@Experimental("what is made up; decoders are given a ModelOutput")
public record ToyOutput(List<FeatureOutput> features, Vocabulary vocabulary)
    implements ModelOutput {

  private record Facts(int layers, int hiddenSize, int heads, int maxTokens)
      implements ModelFacts {}

  /**
   * Copies the list.
   *
   * @param features the example's features with the head's outputs
   * @param vocabulary the vocabulary of the model
   */
  public ToyOutput {
    features = List.copyOf(features);
  }

  /**
   * {@return the output of a head that has but one, for an example of one feature}
   *
   * @param feature what the model saw
   * @param logits what it answered
   */
  public static ToyOutput logits(Feature feature, Matrix logits) {
    return of(List.of(FeatureOutput.of(feature, logits)));
  }

  /**
   * {@return outputs, of a model with a vocabulary made up}
   *
   * @param features the example's features with the head's outputs
   */
  public static ToyOutput of(List<FeatureOutput> features) {
    return new ToyOutput(features, new ToyVocabulary());
  }

  @Override
  public ModelFacts model() {
    return new Facts(2, 16, 2, Contract.AMPLE);
  }
}
