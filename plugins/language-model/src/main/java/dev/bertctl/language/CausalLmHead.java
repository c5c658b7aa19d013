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
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Causal language modelling: each token is predicted from those before it; the loss is the mean of
 * {@code -log p(next token)}. Probabilities 0.5 and 0.125 of the next tokens give the loss 1.3863,
 * and the perplexity 4.
 */
final class CausalLmHead implements Head {

  static final String LOSS = "causal_lm";

  /** The output: for each token the log-probability of the one after it, [B,T,1]. */
  static final String LOG_PROBABILITIES = "next_log_probabilities";

  @Override
  public String architecture() {
    return "BertLMHeadModel";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.WORD_EMBEDDINGS, EncoderNeed.CAUSAL_ATTENTION);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.TOKEN_PER_TOKEN));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> logits = TokenLogits.of(graph, graph.tokens()); // [B·T,V]
    Operand<TInt32> flat = tf.constant(new int[] {-1});
    // The last token gets the first as its next; nobody asks what comes after the last.
    Operand<TInt32> next =
        tf.reshape(tf.roll(graph.tokenIds(), tf.constant(-1), tf.constant(1)), flat); // [B·T]
    Operand<TFloat32> logProbabilities =
        tf.math.neg(graph.softmaxCrossEntropy(logits, next)); // [B·T]
    Operand<TFloat32> column =
        tf.reshape(logProbabilities, tf.constant(new int[] {-1, 1})); // [B·T,1]
    Operand<TInt32> targets = tf.reshape(graph.targets(), flat); // [B·T]
    return HeadOutput.of(LOG_PROBABILITIES, Layout.PER_TOKEN, graph.perToken(column, 1))
        .trainedOn(LOSS, graph.softmaxCrossEntropy(logits, targets), graph.hasTarget(targets), 1);
  }
}
