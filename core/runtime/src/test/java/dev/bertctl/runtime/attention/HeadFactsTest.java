// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.attention.AttentionToken.Kind;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadFactsTest {

  private static final double EXACT = 1e-7;

  /** [CLS] cat [SEP] dog [SEP] */
  private static final List<AttentionToken> PAIR =
      List.of(
          new AttentionToken("[CLS]", 0, Kind.CLS),
          new AttentionToken("cat", 0, Kind.TEXT),
          new AttentionToken("[SEP]", 0, Kind.SEP),
          new AttentionToken("dog", 1, Kind.TEXT),
          new AttentionToken("[SEP]", 1, Kind.SEP));

  private static final float[] WEIGHTS = {
    0.5f, 0.5f, 0, 0, 0, //
    0, 0.25f, 0.25f, 0.5f, 0, //
    1, 0, 0, 0, 0, //
    0, 0.1f, 0, 0.9f, 0, //
    0.2f, 0.2f, 0.2f, 0.2f, 0.2f
  };

  private static final float[] SELF =
      new float[] {1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1};

  private static Attentions of(float[]... layers) {
    return new Attentions(PAIR, 1, List.of(layers));
  }

  @Test
  void sharesAreMeansOverTheTokensThatAttend() {
    HeadFacts facts = HeadFacts.of(of(WEIGHTS), 0, 0);
    assertEquals((0.5 + 0 + 1 + 0 + 0.2) / 5, facts.cls(), EXACT);
    assertEquals((0 + 0.25 + 0 + 0 + 0.4) / 5, facts.sep(), EXACT);
    assertEquals((0.5 + 0.25 + 0 + 0.9 + 0.2) / 5, facts.self(), EXACT);
    assertEquals((0 + 0 + 0 + 0.2) / 4, facts.previous(), EXACT);
    assertEquals((0.5 + 0.25 + 0 + 0) / 4, facts.next(), EXACT);
    assertEquals(0.5, facts.firstToSecond().orElseThrow(), EXACT);
    assertEquals(0.1, facts.secondToFirst().orElseThrow(), EXACT);
  }

  /** 1 bit, 1.5 bits, 0, the entropy of a coin of 0.1, log2 5. */
  @Test
  void entropyIsInBits() {
    double coin = -(0.1 * Math.log(0.1) + 0.9 * Math.log(0.9)) / Math.log(2);
    assertEquals(
        (1 + 1.5 + 0 + coin + Math.log(5) / Math.log(2)) / 5,
        HeadFacts.of(of(WEIGHTS), 0, 0).entropy(),
        EXACT);
    assertEquals(0, HeadFacts.of(of(SELF), 0, 0).entropy());
  }

  @Test
  void linksAreBetweenTokensOfTheTextsTheStrongestFirst() {
    assertEquals(
        List.of(new Link(1, 3, 0.5f), new Link(3, 1, 0.1f)),
        HeadFacts.of(of(WEIGHTS), 0, 0).links());
  }

  @Test
  void theStrongestOfManyLinksAreKept() {
    List<AttentionToken> tokens =
        IntStream.range(0, 8).mapToObj(i -> new AttentionToken("t" + i, 0, Kind.TEXT)).toList();
    float[] weights = new float[64];
    for (int i = 0; i < 64; i++) {
      weights[i] = (i * 37 % 64) / 1000f; // each once, in no order
    }
    List<Link> links = HeadFacts.of(new Attentions(tokens, 1, List.of(weights)), 0, 0).links();
    List<Float> expected =
        IntStream.range(0, 64)
            .filter(i -> i / 8 != i % 8)
            .mapToObj(i -> weights[i])
            .sorted((a, b) -> Float.compare(b, a))
            .limit(HeadFacts.LINKS)
            .toList();
    assertEquals(expected, links.stream().map(Link::weight).toList());
  }

  @Test
  void oneTextHasNoShareOfAnother() {
    Attentions single = new Attentions(PAIR.subList(0, 2), 1, List.of(new float[] {1, 0, 0, 1}));
    HeadFacts facts = HeadFacts.of(single, 0, 0);
    assertEquals(OptionalDouble.empty(), facts.firstToSecond());
    assertEquals(OptionalDouble.empty(), facts.secondToFirst());
    assertTrue(facts.links().isEmpty());
  }

  @Test
  void allHeadsHaveFacts() {
    List<HeadFacts> facts = HeadFacts.of(of(WEIGHTS, SELF));
    assertEquals(List.of(0, 1), facts.stream().map(HeadFacts::layer).toList());
    assertEquals(1, facts.get(1).self());
  }

  /** Half the sums of absolute differences are 0.5, 0.75, 1, 0.1 and 0.8. */
  @Test
  void headsAreSortedByTheMeanDistanceOfTheirTokens() {
    List<HeadDifference> differences = HeadDifference.between(of(SELF, WEIGHTS), of(SELF, SELF));
    assertEquals(1, differences.get(0).layer());
    assertEquals((0.5 + 0.75 + 1 + 0.1 + 0.8) / 5, differences.get(0).distance(), EXACT);
    assertEquals(new HeadDifference(0, 0, 0), differences.get(1));
  }

  @Test
  void onlyTheSameTokensAndShapesAreCompared() {
    Attentions two = of(WEIGHTS, SELF);
    assertRefused("1 and 2 layers", of(SELF), two);
    Attentions short1 = new Attentions(PAIR.subList(0, 1), 1, List.of(new float[1]));
    assertRefused("5 and 1 tokens", of(SELF), short1);
    Attentions heads = new Attentions(PAIR.subList(0, 1), 2, List.of(new float[2]));
    assertRefused("1 and 2 heads in a layer", short1, heads);
    Attentions other =
        new Attentions(List.of(new AttentionToken("[SOS]", 0, Kind.CLS)), 1, List.of(new float[1]));
    assertRefused("token 1 is '[CLS]' and '[SOS]'", short1, other);
  }

  private static void assertRefused(String message, Attentions a, Attentions b) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> HeadDifference.between(a, b))
            .getMessage());
  }

  @Test
  void layersHaveTheSizeOfTheirTokens() {
    assertEquals(
        "a layer has 3 weights; 1 heads of 2 tokens have 4",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Attentions(PAIR.subList(0, 2), 1, List.of(new float[3])))
            .getMessage());
  }
}
