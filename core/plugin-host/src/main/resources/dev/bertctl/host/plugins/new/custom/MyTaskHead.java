package org.example.mytask;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A classifier that looks at all tokens: their mean, weighted by attention, where a stock
 * classifier takes the first token's. B batch, T tokens, H hidden size, L labels.
 *
 * @param labels the labels in the order of the logits
 */
record MyTaskHead(List<String> labels) implements Head {

  @Override
  public String architecture() {
    return "BertForSequenceClassification";
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.label(labels.size()));
  }

  // 3. Compute outputs and losses of the encoder's output: HeadGraph has layers that are safe to
  // train, and graph.tf() all of TensorFlow's ops.
  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> text = graph.dropout(graph.attentionPooling("pooling")); // [B,H]
    Operand<TFloat32> logits = graph.dense("classifier", text, labels.size()); // [B,L]
    Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets()); // [B]
    return HeadOutput.logits(Layout.PER_FEATURE, logits)
        .trainedOn(losses, graph.hasTarget(graph.targets()));
  }
}
