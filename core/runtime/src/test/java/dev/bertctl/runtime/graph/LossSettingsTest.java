// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Label smoothing and class weights: the worked numbers, and heads that can do nothing with them.
 */
class LossSettingsTest {

  private static final TrainingSpec SMOOTHED = TrainingSpec.DEFAULT.withLabelSmoothing(0.1);
  private static final TrainingSpec WEIGHTED =
      TrainingSpec.DEFAULT.withClassWeights(Map.of("a", 3.0));

  /**
   * Logits (0, ln 3), target 1, e = 0.2: 0.8 · 0.2877 + 0.2 · (1.3863 + 0.2877) / 2 = 0.3975; a
   * class that is padding changes nothing.
   */
  @Test
  void smoothedLossOfTheDocumentation() {
    assertEquals(0.3975, loss(graph -> logits(graph, 0, (float) Math.log(3)), 0.2), 1e-4);
    assertEquals(
        0.3975,
        loss(
            graph ->
                graph.maskPadding(
                    logits(graph, 0, (float) Math.log(3), 7),
                    graph.tf().constant(new int[][] {{1, 1, 0}})),
            0.2),
        1e-4);
  }

  /** The mask is found again behind a reshape. */
  @Test
  void paddingIsNotSmoothedOverBehindAReshape() {
    assertEquals(
        0.3975,
        loss(
            graph ->
                graph
                    .tf()
                    .reshape(
                        graph.maskPadding(
                            logits(graph, 0, (float) Math.log(3), 7),
                            graph.tf().constant(new int[][] {{1, 1, 0}})),
                        graph.tf().constant(new int[] {-1, 3})),
            0.2),
        1e-4);
  }

  private static double loss(Function<HeadGraph, Operand<TFloat32>> logits, double smoothing) {
    Head head =
        new Labelled(
            List.of("a", "b"),
            graph -> {
              Operand<TFloat32> losses =
                  graph.softmaxCrossEntropy(logits.apply(graph), graph.targets());
              // Every parameter has to be in the loss.
              Operand<TFloat32> nothing =
                  graph
                      .tf()
                      .math
                      .mul(
                          graph
                              .tf()
                              .sum(
                                  graph.dense("classifier", graph.pooled(), 1),
                                  graph.tf().constant(1)),
                          graph.tf().constant(0f));
              return HeadOutput.logits(
                      Layout.PER_FEATURE, graph.dense("classifier", graph.pooled(), 1))
                  .trainedOn(
                      graph.tf().math.add(losses, nothing), graph.hasTarget(graph.targets()));
            });
    TrainingSpec spec = TrainingSpec.DEFAULT.withLabelSmoothing(smoothing);
    try (BertModel model = RandomModel.of(head, Optional.of(spec))) {
      Feature feature = RandomModel.feature(new Random(1), 4, Target.of(1));
      return model.rehearse(Batch.of(List.of(feature), 0), 0).loss();
    }
  }

  private static Operand<TFloat32> logits(HeadGraph graph, float... row) {
    return graph.tf().constant(new float[][] {row});
  }

  @Test
  void smoothingNeedsSoftmaxCrossEntropy() {
    assertMessage(
        "the head of task 'toy' takes no label smoothing: no loss of it is a softmax cross-entropy; leave train.label-smoothing at 0",
        new RegressionHead(),
        SMOOTHED);
  }

  @Test
  void classWeightsNeedLabels() {
    assertMessage(
        "the head of task 'toy' takes no class weights: it has no labels; leave train.class-weights out",
        new ChoiceHead(),
        WEIGHTED);
  }

  @Test
  void classWeightsOfUnknownLabels() {
    assertMessage(
        "train.class-weights has a weight for 'a', which is no label of task 'toy'; its labels are no, yes",
        new ClassifierHead(List.of("no", "yes")),
        WEIGHTED);
  }

  /** Such as a mask that a conditional random field makes of hasTarget. */
  @Test
  void classWeightsNeedWeightsThatAreOfTheTargets() {
    assertMessage(
        "the head of task 'toy' takes no class weights: no loss of it has hasTarget of its labels as weights; leave train.class-weights out",
        new Labelled(
            List.of("a", "b"),
            graph -> {
              Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 2);
              return HeadOutput.logits(Layout.PER_FEATURE, logits)
                  .trainedOn(
                      graph.softmaxCrossEntropy(logits, graph.targets()),
                      graph.tf().math.square(graph.hasTarget(graph.targets())));
            }),
        WEIGHTED);
  }

  private static void assertMessage(String message, Head head, TrainingSpec spec) {
    assertEquals(
        message,
        assertThrows(UserException.class, () -> RandomModel.of(head, Optional.of(spec)).close())
            .getMessage());
  }

  /** A head with labels, made of a function. */
  private record Labelled(List<String> labels, Function<HeadGraph, HeadOutput> layers)
      implements Head {

    @Override
    public String architecture() {
      return "BertForTests";
    }

    @Override
    public Set<EncoderNeed> needs() {
      return Set.of(EncoderNeed.POOLED_OUTPUT);
    }

    @Override
    public List<TargetSpec> targets() {
      return List.of(TargetSpec.label(labels.size()));
    }

    @Override
    public HeadOutput build(HeadGraph graph) {
      return layers.apply(graph);
    }
  }
}
