// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.FeatureLogits;
import dev.bertctl.spi.decode.Logits;

/** A tagger whose head gives one number a token: by how much it is rather a name than none. */
public final class ToyMargin extends ToyTagger {

  @Override
  Decoder<Toy, Guess> decoder() {
    Decoder<Toy, Guess> ofScores = super.decoder();
    return (toy, outputs) -> ofScores.decode(toy, outputs.stream().map(ToyMargin::scores).toList());
  }

  private static FeatureLogits scores(FeatureLogits output) {
    Logits margins = output.logits();
    if (margins.columns() != 1) {
      throw new IllegalArgumentException("margins, not " + margins.columns() + " scores");
    }
    float[] scores = new float[2 * margins.rows()];
    for (int token = 0; token < margins.rows(); token++) {
      scores[2 * token + 1] = margins.at(token, 0);
    }
    return new FeatureLogits(output.feature(), new Logits(scores, margins.rows(), 2));
  }
}
