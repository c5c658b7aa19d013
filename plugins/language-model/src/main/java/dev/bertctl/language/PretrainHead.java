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
 * BERT's pre-training: {@link MaskedLmHead} and {@link NextSentenceHead} on one encoder, trained on
 * the sum of both losses. Losses 2.5 and 0.5 give 3.
 */
final class PretrainHead implements Head {

  /** The output of next-sentence prediction, [B,2]. */
  static final String NEXT_SENTENCE = "next_sentence_logits";

  @Override
  public String architecture() {
    return "BertForPreTraining";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.WORD_EMBEDDINGS, EncoderNeed.POOLED_OUTPUT);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(MaskedLmHead.target(), NextSentenceHead.target());
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> next = NextSentenceHead.logits(graph); // [B,2]
    Operand<TInt32> targets = graph.targets(DocumentPairs.TARGET); // [B]
    return new MaskedLmHead()
        .build(graph)
        .and(NEXT_SENTENCE, Layout.PER_FEATURE, next)
        .trainedOn(
            NextSentenceHead.LOSS,
            graph.softmaxCrossEntropy(next, targets),
            graph.hasTarget(targets),
            1);
  }
}
