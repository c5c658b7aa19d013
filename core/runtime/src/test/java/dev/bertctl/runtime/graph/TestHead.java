// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A head made of functions. */
public record TestHead(
    List<TargetSpec> targets, Set<EncoderNeed> needs, Function<HeadGraph, HeadOutput> layers)
    implements Head {

  private static final List<TargetSpec> LABEL = List.of(TargetSpec.label(2));

  /** A classifier's head with some layers of its own between pooler and logits. */
  static TestHead between(Function<HeadGraph, Operand<TFloat32>> layers) {
    return classifier(Set.of(EncoderNeed.POOLED_OUTPUT), layers);
  }

  /** A classifier's head with some layers of its own between what it needs and the logits. */
  static TestHead classifier(
      Set<EncoderNeed> needs, Function<HeadGraph, Operand<TFloat32>> layers) {
    return new TestHead(
        LABEL,
        needs,
        graph -> {
          Operand<TFloat32> logits = graph.dense("classifier", layers.apply(graph), 2);
          Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets());
          return HeadOutput.logits(Layout.PER_FEATURE, logits)
              .trainedOn(losses, graph.tf().onesLike(losses));
        });
  }

  /** A head that is trained towards a label of two. */
  public static TestHead labelled(Set<EncoderNeed> needs, Function<HeadGraph, HeadOutput> layers) {
    return new TestHead(LABEL, needs, layers);
  }

  /** The first token's hidden state, [N,H]. */
  static Operand<TFloat32> first(HeadGraph graph, Operand<TFloat32> states) {
    return graph.tf().gather(states, graph.tf().constant(0), graph.tf().constant(1));
  }

  @Override
  public String architecture() {
    return "BertForTests";
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    return layers.apply(graph);
  }
}
