// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.attention.AttentionToken;
import dev.bertctl.runtime.attention.Attentions;
import dev.bertctl.runtime.attention.HeadDifference;
import dev.bertctl.runtime.attention.HeadFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is shown of an input.
 *
 * @param name where it comes from
 * @param cut word pieces that were cut off to fit the longest sequence
 * @param models what each model gives, one or two
 * @param differences of two models, the largest first; none of one
 */
public record AttentionView(
    String name, int cut, List<OfModel> models, List<HeadDifference> differences) {

  /** Copies the lists. */
  public AttentionView {
    models = List.copyOf(models);
    differences = List.copyOf(differences);
  }

  /** The tokens, which are the same for each model. */
  public List<AttentionToken> tokens() {
    return models.get(0).attentions().tokens();
  }

  /** The tokens' texts, which of equal ones say the how manyth they are: {@code the (2)}. */
  public List<String> labels() {
    Map<String, Integer> counts = new HashMap<>();
    tokens().forEach(token -> counts.merge(token.text(), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    return tokens().stream()
        .map(AttentionToken::text)
        .map(
            text ->
                counts.get(text) == 1
                    ? text
                    : "%s (%d)".formatted(text, seen.merge(text, 1, Integer::sum)))
        .toList();
  }

  /** Whether there are two texts. */
  public boolean isPair() {
    return models.get(0).attentions().isPair();
  }

  /**
   * What a model gives.
   *
   * @param attentions the weights
   * @param heads the facts of all heads, layer by layer
   */
  public record OfModel(Attentions attentions, List<HeadFacts> heads) {

    /** Copies the list. */
    public OfModel {
      heads = List.copyOf(heads);
    }

    static OfModel of(Attentions attentions) {
      return new OfModel(attentions, HeadFacts.of(attentions));
    }
  }
}
