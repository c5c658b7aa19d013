// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.head.TargetSpec.Form;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;

/**
 * Two targets, drawn anew each time: which token stood where one is masked, and whether the first
 * token is that of another text.
 */
public final class ToyMasker extends ToyTask {

  private static final String TOKENS = "tokens";
  private static final String FOREIGN = "foreign";

  @Override
  List<TargetSpec> targets() {
    return List.of(
        TargetSpec.of(Form.TOKEN_PER_POSITION).named(TOKENS), TargetSpec.label(2).named(FOREIGN));
  }

  @Override
  InputPacking<Toy> packing() {
    return new Masking();
  }

  private static final class Masking implements InputPacking<Toy> {

    @Override
    public List<Feature> pack(Toy toy, Packer packer) {
      return List.of(Feature.of(packer.single(packer.tokenize(toy.text()))));
    }

    @Override
    public Feature draw(Feature packed, Draw draw) {
      int[] ids = packed.sequence().ids().clone();
      int masked = 1 + draw.random().nextInt(ids.length - 2);
      int token = ids[masked];
      boolean foreign = draw.random().nextBoolean();
      if (foreign) {
        ids[1] = draw.another().sequence().ids()[1];
      }
      ids[masked] = draw.packer().vocabulary().id(SpecialToken.MASK);
      return Feature.of(packed.sequence().withIds(ids))
          .at(masked)
          .with(TOKENS, Target.of(token))
          .with(FOREIGN, Target.of(foreign ? 1 : 0));
    }
  }

  /** How many of the targets are found, such as {@code 1 of 2}; the word, if it is not known. */
  @Override
  Decoder<Toy, Guess> decoder() {
    return (toy, output) -> new Guess(guess(output));
  }

  private static String guess(ModelOutput output) {
    FeatureOutput feature = output.feature();
    if (feature.feature().targets().isEmpty()) {
      return output.vocabulary().token(best(feature.get(FOREIGN)));
    }
    int found = finds(feature, TOKENS) + finds(feature, FOREIGN);
    return found + " of 2";
  }

  private static int finds(FeatureOutput output, String name) {
    return output.feature().target(name) instanceof Target.Ints gold
            && gold.values()[0] == best(output.get(name))
        ? 1
        : 0;
  }

  private static int best(Matrix scores) {
    int best = 0;
    for (int column = 1; column < scores.columns(); column++) {
      if (scores.at(0, column) > scores.at(0, best)) {
        best = column;
      }
    }
    return best;
  }

  @Override
  Task<Toy, Guess> judged(Task<Toy, Guess> task) {
    return task.scoredBy(new Perplexity(), PREDICTED);
  }

  private static final class Perplexity implements Metric<Toy, Guess> {

    @Override
    public String primary() {
      return "perplexity";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public Scorer<Toy, Guess> scorer() {
      return new Scorer<>() {

        private double perplexity = Double.NaN;
        private double found;

        @Override
        public void add(Toy example, Guess guess) {
          found += Integer.parseInt(guess.value().substring(0, 1));
        }

        @Override
        public void losses(Map<String, Double> means) {
          perplexity = Math.exp(means.get(TOKENS));
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of("perplexity", perplexity, "found", found));
        }
      };
    }
  }
}
