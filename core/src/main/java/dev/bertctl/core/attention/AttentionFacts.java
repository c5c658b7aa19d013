// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.attention.AttentionToken;
import dev.bertctl.runtime.attention.HeadDifference;
import dev.bertctl.runtime.attention.HeadFacts;
import dev.bertctl.runtime.attention.Link;
import dev.bertctl.runtime.encoder.AttentionMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is shown, as plain values. Layers and heads are counted from 1, tokens from 0. */
final class AttentionFacts {

  private AttentionFacts() {}

  /** {@code name}, {@code layers}, {@code heads}, {@code causal}. */
  static Map<String, Object> of(ShownModel model) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", model.name());
    facts.put("layers", model.files().config().layers());
    facts.put("heads", model.files().config().heads());
    facts.put("causal", model.mask() == AttentionMask.CAUSAL);
    return facts;
  }

  /** {@code text}, {@code segment}, {@code special}. */
  static Map<String, Object> of(AttentionToken token) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("text", token.text());
    facts.put("segment", token.segment());
    facts.put("special", token.isSpecial());
    return facts;
  }

  /**
   * {@code layer}, {@code head}, {@code entropy}, the shares {@code cls}, {@code sep}, {@code
   * self}, {@code previous}, {@code next}, of a pair {@code a_to_b} and {@code b_to_a}, and {@code
   * links} ({@code from}, {@code to}, {@code weight}); rounded to five decimals.
   */
  static Map<String, Object> of(HeadFacts head) {
    Map<String, Object> facts = place(head.layer(), head.head());
    facts.put("entropy", rounded(head.entropy()));
    facts.put("cls", rounded(head.cls()));
    facts.put("sep", rounded(head.sep()));
    facts.put("self", rounded(head.self()));
    facts.put("previous", rounded(head.previous()));
    facts.put("next", rounded(head.next()));
    head.firstToSecond().ifPresent(share -> facts.put("a_to_b", rounded(share)));
    head.secondToFirst().ifPresent(share -> facts.put("b_to_a", rounded(share)));
    facts.put("links", head.links().stream().map(AttentionFacts::of).toList());
    return facts;
  }

  private static Map<String, Object> of(Link link) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("from", link.from());
    facts.put("to", link.to());
    facts.put("weight", rounded(link.weight()));
    return facts;
  }

  /** {@code layer}, {@code head}, {@code distance}. */
  static List<Map<String, Object>> of(List<HeadDifference> differences) {
    return differences.stream()
        .map(
            each -> {
              Map<String, Object> facts = place(each.layer(), each.head());
              facts.put("distance", rounded(each.distance()));
              return facts;
            })
        .toList();
  }

  private static Map<String, Object> place(int layer, int head) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("layer", layer + 1);
    facts.put("head", head + 1);
    return facts;
  }

  /** To five decimals. */
  static double rounded(double value) {
    return Math.round(value * 1e5) / 1e5;
  }
}
