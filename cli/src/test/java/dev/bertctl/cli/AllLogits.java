// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

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

/**
 * A language model's head that gives out the scores of the whole vocabulary for every token, too,
 * which are too many for a head that is used: [B,T,V], of the parameters that the head has trained.
 *
 * @param head the task's own
 */
record AllLogits(Head head) implements Head {

  /** The name of the additional output. */
  static final String NAME = "all_logits";

  private static final String LAYERS = "cls.predictions.";

  /** Whether the head has such scores; that of next-sentence prediction alone has none. */
  boolean areThere() {
    return head.needs().contains(EncoderNeed.WORD_EMBEDDINGS);
  }

  @Override
  public String architecture() {
    return head.architecture();
  }

  @Override
  public List<TargetSpec> targets() {
    return head.targets();
  }

  @Override
  public List<String> labels() {
    return head.labels();
  }

  @Override
  public Set<EncoderNeed> needs() {
    return head.needs();
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    HeadOutput output = head.build(graph);
    return areThere() ? output.and(NAME, Layout.PER_TOKEN, logits(graph)) : output;
  }

  private static Operand<TFloat32> logits(HeadGraph graph) {
    Ops tf = graph.tf();
    int size = graph.vocabulary().size();
    Operand<TFloat32> dense =
        graph.dense(LAYERS + "transform.dense", graph.tokens(), graph.hiddenSize());
    Operand<TFloat32> transformed =
        graph.layerNorm(LAYERS + "transform.LayerNorm", graph.activation(dense)); // [N·T,H]
    Operand<TFloat32> products =
        tf.linalg.matMul(
            transformed,
            graph.outputEmbeddings("cls.predictions.decoder.weight"),
            MatMul.transposeB(true)); // [N·T,V]
    Operand<TFloat32> bias = graph.parameter(LAYERS + "bias", Initializer.ZEROS, size);
    return graph.perToken(tf.math.add(products, bias), size);
  }
}
