// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A head made of functions. */
public record TestHead(
    TargetSpec target,
    boolean usesPooler,
    List<String> labels,
    Function<HeadGraph, HeadOutput> layers)
    implements Head {

  /** A classifier's head with some layers of its own between pooler and logits. */
  static TestHead between(Function<HeadGraph, Operand<TFloat32>> layers) {
    return new TestHead(
        TargetSpec.LABEL,
        true,
        List.of("a", "b"),
        graph -> {
          Operand<TFloat32> logits = graph.dense("classifier", layers.apply(graph), 2);
          Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets());
          return new HeadOutput(logits, losses, graph.tf().onesLike(losses));
        });
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
