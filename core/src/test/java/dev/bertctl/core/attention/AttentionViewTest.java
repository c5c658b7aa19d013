// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.attention.AttentionView.OfModel;
import dev.bertctl.runtime.attention.AttentionToken;
import dev.bertctl.runtime.attention.AttentionToken.Kind;
import dev.bertctl.runtime.attention.Attentions;
import dev.bertctl.runtime.attention.HeadDifference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttentionViewTest {

  private static AttentionView of(List<HeadDifference> differences, String... tokens) {
    Attentions attentions =
        new Attentions(
            Stream.of(tokens).map(text -> new AttentionToken(text, 0, Kind.TEXT)).toList(),
            1,
            List.of(new float[tokens.length * tokens.length]));
    return new AttentionView("x", 0, List.of(OfModel.of(attentions)), differences);
  }

  @Test
  void equalTokensAreToldApart() {
    assertEquals(List.of("the (1)", "cat", "the (2)"), of(List.of(), "the", "cat", "the").labels());
  }

  /** 3 tokens of 0.5 and 1 of 0.1 are 0.4 on average. */
  @Test
  void differencesOverAllInputsCountTheirTokens() {
    MeanDifferences means = new MeanDifferences();
    means.add(
        of(List.of(new HeadDifference(0, 1, 0.5), new HeadDifference(0, 0, 0)), "a", "b", "c"));
    means.add(of(List.of(new HeadDifference(0, 0, 0.8), new HeadDifference(0, 1, 0.1)), "a"));
    List<HeadDifference> sorted = means.sorted();
    assertEquals(1, sorted.get(0).head());
    assertEquals(0.4, sorted.get(0).distance(), 1e-12);
    assertEquals(0.2, sorted.get(1).distance(), 1e-12);
  }
}
