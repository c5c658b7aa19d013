// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * No head: the encoder's last hidden states {@code last_hidden_state} [B,T,H], and {@code
 * pooler_output} [B,H] where the model has a pooler, as transformers' {@code BertModel} gives them.
 *
 * @param pooled whether it has one
 * @param mask which tokens a token attends to
 */
public record EncoderHead(boolean pooled, AttentionMask mask) implements Head {

  @Override
  public String architecture() {
    return "BertModel";
  }

  @Override
  public Set<EncoderNeed> needs() {
    Set<EncoderNeed> needs = EnumSet.noneOf(EncoderNeed.class);
    if (pooled) {
      needs.add(EncoderNeed.POOLED_OUTPUT);
    }
    if (mask == AttentionMask.CAUSAL) {
      needs.add(EncoderNeed.CAUSAL_ATTENTION);
    }
    return needs;
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of();
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    HeadOutput states = HeadOutput.of("last_hidden_state", Layout.PER_TOKEN, graph.sequence());
    return pooled ? states.and("pooler_output", Layout.PER_FEATURE, graph.pooled()) : states;
  }
}
