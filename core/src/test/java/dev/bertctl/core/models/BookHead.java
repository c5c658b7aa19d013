// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Both heads of pre-training, with all of their logits as outputs. */
final class BookHead implements Head {

  static final String MASKED = "masked";
  static final String NEXT = "next";

  private final int vocabulary;

  BookHead(int vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public String architecture() {
    return "BertForPreTraining";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.POOLED_OUTPUT, EncoderNeed.WORD_EMBEDDINGS);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(
        TargetSpec.of(TargetSpec.Form.TOKEN_PER_POSITION).named(MASKED),
        TargetSpec.label(2).named(NEXT));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    String transform = "cls.predictions.transform.";
    Operand<TFloat32> x =
        graph.layerNorm(
            transform + "LayerNorm",
            graph.activation(
                graph.dense(transform + "dense", graph.atPositions(), graph.hiddenSize())));
    Operand<TFloat32> tokens =
        tf.math.add(
            tf.linalg.matMul(
                x,
                graph.outputEmbeddings("cls.predictions.decoder.weight"),
                MatMul.transposeB(true)),
            graph.parameter("cls.predictions.bias", Initializer.ZEROS, vocabulary)); // [M,V]
    Operand<TFloat32> next = graph.dense("cls.seq_relationship", graph.pooled(), 2); // [B,2]
    Operand<TInt32> masked = graph.targets(MASKED);
    Operand<TInt32> isNot = graph.targets(NEXT);
    return HeadOutput.of(MASKED, Layout.PER_POSITION, tokens)
        .and(NEXT, Layout.PER_FEATURE, next)
        .trainedOn(MASKED, graph.softmaxCrossEntropy(tokens, masked), graph.hasTarget(masked), 1)
        .trainedOn(NEXT, graph.softmaxCrossEntropy(next, isNot), graph.hasTarget(isNot), 1);
  }
}
