// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The layers of {@link MaskedLmHead}, not trained: the likeliest tokens at each {@code [MASK]}.
 *
 * @param topK how many tokens
 * @param candidates the tokens to choose from; all if there are none
 */
record FillMaskHead(int topK, List<String> candidates) implements Head {

  FillMaskHead {
    candidates = candidates.stream().distinct().toList();
    if (topK < 1) {
      throw new OptionException("top-k", "is %d; give at least 1".formatted(topK));
    }
  }

  @Override
  public String architecture() {
    return "BertForMaskedLM";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.WORD_EMBEDDINGS);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of();
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    int[] ids =
        candidates.stream().mapToInt(candidate -> id(candidate, graph.vocabulary())).toArray();
    Operand<TFloat32> logits = TokenLogits.of(graph, graph.atPositions()); // [M,V]
    return ids.length == 0
        ? TopTokens.of(graph, logits, Math.min(topK, graph.vocabulary().size()))
        : TopTokens.among(graph, logits, Math.min(topK, ids.length), ids);
  }

  static int id(String candidate, Vocabulary vocabulary) {
    return vocabulary
        .find(candidate)
        .orElseThrow(
            () ->
                new OptionException(
                    "candidates",
                    "'%s' is not one token of the model's vocabulary; give single tokens as the vocabulary has them%s"
                        .formatted(
                            candidate,
                            candidate.chars().anyMatch(Character::isUpperCase)
                                ? ": in lower case, if the model is uncased"
                                : ", such as 'paris' or '##ing'")));
  }
}
