// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Next-sentence prediction as in the BERT paper (section 3.1): one dense layer on the pooler's
 * output, without dropout as in Hugging Face. Saved as {@code cls.seq_relationship}. Logits (0, ln
 * 3) and target 1 give the loss 0.2877.
 */
final class NextSentenceHead implements Head {

  static final String LOSS = "next_sentence";

  @Override
  public String architecture() {
    return "BertForNextSentencePrediction";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.POOLED_OUTPUT);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(target());
  }

  static TargetSpec target() {
    return TargetSpec.label(NextSentence.LABELS.size()).named(DocumentPairs.TARGET);
  }

  @Override
  public List<String> labels() {
    return NextSentence.LABELS.names();
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> logits = logits(graph);
    Operand<TInt32> targets = graph.targets(DocumentPairs.TARGET); // [B]
    return HeadOutput.logits(Layout.PER_FEATURE, logits)
        .trainedOn(LOSS, graph.softmaxCrossEntropy(logits, targets), graph.hasTarget(targets), 1);
  }

  /** Scores of "is the next" and "is not", [B,2]. */
  static Operand<TFloat32> logits(HeadGraph graph) {
    return graph.dense("cls.seq_relationship", graph.pooled(), NextSentence.LABELS.size());
  }
}
