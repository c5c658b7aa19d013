// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A task of two targets that are drawn anew each time: a token of the first text is masked and to
 * be told, and half of the second texts are other examples', which is to be told too.
 */
public final class MaskedPairs {

  static final String MASKED = "masked";
  static final String OTHER = "other";

  /** What the loss of {@link #OTHER} is multiplied by. */
  static final double FACTOR = 0.5;

  private MaskedPairs() {}

  /** The task. */
  public static TinyTask task() {
    return new TinyTask(MaskedPairs::parts);
  }

  static Task<LabelledText, Guess> parts(Labels labels) {
    return Task.of(TinyTask.reader(labels), new Drawing(), new TwoLosses(), MaskedPairs::decode)
        .scoredBy(new Perplexity(), (file, gold, skipped) -> List.of());
  }

  private static Guess decode(LabelledText example, ModelOutput output) {
    FeatureOutput feature = output.feature();
    Matrix other = feature.get(OTHER);
    int guess = other.at(0, 1) > other.at(0, 0) ? 1 : 0;
    boolean right =
        feature.feature().target(OTHER) instanceof Target.Ints gold && gold.values()[0] == guess;
    return new Guess(guess, feature.get(MASKED).rows(), right);
  }

  /**
   * A prediction.
   *
   * @param other whether the second text is taken for another example's
   * @param masked how many masks were seen
   * @param right whether {@code other} is right
   */
  record Guess(int other, int masked, boolean right) implements Prediction {
    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("other", other);
      fields.put("masked", masked);
      return fields;
    }
  }

  private record Drawing() implements InputPacking<LabelledText> {

    @Override
    public List<Feature> pack(LabelledText example, Packer packer) {
      return List.of(
          Feature.of(
              packer.pair(
                  packer.tokenize(example.first()),
                  packer.tokenize(example.second().orElseThrow()),
                  Truncation.LONGEST_FIRST)));
    }

    @Override
    public Feature draw(Feature packed, Draw draw) {
      boolean other = draw.random().nextBoolean();
      List<Pieces> own = packed.sequence().texts();
      Pieces second = other ? draw.another().sequence().texts().get(1) : own.get(1);
      Sequence sequence = draw.packer().pair(own.get(0), second, Truncation.LONGEST_FIRST);
      int place = 1 + draw.random().nextInt(own.get(0).size());
      int[] ids = sequence.ids().clone();
      final int gold = ids[place];
      ids[place] = draw.packer().vocabulary().id(SpecialToken.MASK);
      return Feature.of(sequence.withIds(ids))
          .at(place)
          .with(MASKED, Target.of(gold))
          .with(OTHER, Target.of(other ? 1 : 0));
    }
  }

  private record TwoLosses() implements Head {

    @Override
    public String architecture() {
      return "BertModel";
    }

    @Override
    public Set<EncoderNeed> needs() {
      return Set.of(EncoderNeed.POOLED_OUTPUT, EncoderNeed.WORD_EMBEDDINGS);
    }

    @Override
    public List<TargetSpec> targets() {
      return List.of(
          TargetSpec.of(TargetSpec.Form.TOKEN_PER_POSITION).named(MASKED),
          TargetSpec.label(2).named(OTHER));
    }

    @Override
    public List<String> labels() {
      return List.of("own", "other");
    }

    @Override
    public HeadOutput build(HeadGraph graph) {
      Operand<TFloat32> tokens =
          graph
              .tf()
              .linalg
              .matMul(
                  graph.atPositions(),
                  graph.outputEmbeddings("cls.predictions.decoder.weight"),
                  MatMul.transposeB(true)); // [M,V]
      Operand<TFloat32> other = graph.dense("other", graph.dropout(graph.pooled()), 2); // [B,2]
      Operand<TInt32> gold = graph.targets(MASKED); // [M]
      Operand<TInt32> own = graph.targets(OTHER); // [B]
      return HeadOutput.of(MASKED, Layout.PER_POSITION, tokens)
          .and(OTHER, Layout.PER_FEATURE, other)
          .trainedOn(MASKED, graph.softmaxCrossEntropy(tokens, gold), graph.hasTarget(gold), 1)
          .trainedOn(OTHER, graph.softmaxCrossEntropy(other, own), graph.hasTarget(own), FACTOR);
    }
  }

  /** Less is better. */
  private record Perplexity() implements Metric<LabelledText, Guess> {

    @Override
    public String primary() {
      return "perplexity";
    }

    @Override
    public boolean higherIsBetter() {
      return false;
    }

    @Override
    public Scorer<LabelledText, Guess> scorer() {
      int[] counts = new int[2];
      Map<String, Double> losses = new LinkedHashMap<>();
      return new Scorer<>() {
        @Override
        public void add(LabelledText example, Guess guess) {
          counts[guess.right() ? 1 : 0]++;
        }

        @Override
        public void losses(Map<String, Double> means) {
          losses.putAll(means);
        }

        @Override
        public Scores scores() {
          Map<String, Double> values = new LinkedHashMap<>();
          values.put("perplexity", Math.exp(losses.get(MASKED)));
          values.put("right", (double) counts[1] / (counts[0] + counts[1]));
          return Scores.of(values);
        }
      };
    }
  }
}
