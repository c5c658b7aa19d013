// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;

/** How much alike are two sentences? Reads STS-B as GLUE distributes it, csv, tsv and jsonl. */
public final class SimilarityPlugin implements TaskPlugin<SimilarityOptions> {

  @Override
  public String name() {
    return "similarity";
  }

  @Override
  public String summary() {
    return "Similarity: how much alike are two sentences, as a number?";
  }

  @Override
  public Class<SimilarityOptions> optionsType() {
    return SimilarityOptions.class;
  }

  @Override
  public Task<ScoredPair, Similarity> create(SimilarityOptions options) {
    if (!(options.highest() > 0)) {
      throw new OptionException("highest", "must be more than 0, is " + options.highest());
    }
    return Task.of(
            new ScoredPairReader(options.highest()),
            SimilarityPlugin::pack,
            new RegressionHead(),
            (pair, output) -> new Similarity(output.logits().at(0, 0)))
        .scoredBy(
            new CorrelationMetric(), PredictionReader.ofRows((row, pair) -> Similarity.read(row)));
  }

  private static List<Feature> pack(ScoredPair pair, Packer packer) {
    return List.of(
        Feature.of(
            packer.pair(
                packer.tokenize(pair.first()),
                packer.tokenize(pair.second()),
                Truncation.LONGEST_FIRST),
            pair.score().isPresent()
                ? Target.of((float) pair.score().getAsDouble())
                : Target.NONE));
  }
}
