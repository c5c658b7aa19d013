// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.export;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Set;

/**
 * No head: the encoder's last hidden states {@code last_hidden_state} [B,T,H], and {@code
 * pooler_output} [B,H] where the model has a pooler, as transformers' {@code BertModel} gives them.
 *
 * @param pooled whether it has one
 */
record EncoderHead(boolean pooled) implements Head {

  @Override
  public String architecture() {
    return "BertModel";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return pooled ? Set.of(EncoderNeed.POOLED_OUTPUT) : Set.of();
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
