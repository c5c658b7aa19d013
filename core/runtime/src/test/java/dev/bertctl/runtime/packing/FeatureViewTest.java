// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.head.TargetSpec.Form;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureViewTest {

  private static final LetterTokenizer TOKENIZER = new LetterTokenizer();
  private static final SequencePacker PACKER = new SequencePacker(TOKENIZER, 8, 2);
  private static final Sample EXAMPLE = Sample.of(2, "");
  private static final Head CLASSIFIER = new ClassifierHead(List.of("no", "yes"));

  @Test
  void pairWithLabel() {
    assertEquals(
        """
        train.csv:2
          8 tokens, 1 cut from the first text, 0 from the second
            tokens    [CLS]  a   我     [SEP]  x    y    z    [SEP]
            ids       1      97  25105  2      120  121  122  2
            segments  0      0   0      0      1    1    1    1
          label yes (1)
        """,
        text(CLASSIFIER, 80, pair("a我c", "xyz", Target.of(1))));
  }

  @Test
  void linesAreBrokenAtTheTerminalsWidth() {
    assertEquals(
        """
        train.csv:2
          6 tokens, nothing cut
            tokens    [CLS]  a   [SEP]
            ids       1      97  2
            segments  0      0   0

            tokens    x    y    [SEP]
            ids       120  121  2
            segments  1    1    1
          no gold label
        """,
        text(CLASSIFIER, 31, pair("a", "xy", Target.NONE)));
  }

  @Test
  void windowsOfASpan() {
    assertEquals(
        """
        train.csv:2
          window 1 of 2: 3 tokens, nothing cut
            tokens    [CLS]  a   [SEP]
            ids       1      97  2
            segments  0      0   0
          span from token 1 to token 2
          window 2 of 2: 8 tokens, 3 cut
            tokens    [CLS]  a   b   c   d    e    f    [SEP]
            ids       1      97  98  99  100  101  102  2
            segments  0      0   0   0   0    0    0    0
          span from token 0 to token 0
        """,
        text(
            head(TargetSpec.of(Form.SPAN)),
            80,
            Feature.of(single("a"), Target.of(1, 2)),
            Feature.of(single("abcdefghi"), Target.of(0, 0))));
  }

  @Test
  void choices() {
    assertEquals(
        """
        train.csv:2
          choice 1 of 2: 3 tokens, nothing cut
            tokens    [CLS]  a   [SEP]
            ids       1      97  2
            segments  0      0   0
          choice 2 of 2: 3 tokens, nothing cut
            tokens    [CLS]  b   [SEP]
            ids       1      98  2
            segments  0      0   0
          label 1
        """,
        text(
            head(TargetSpec.of(Form.CHOICE)),
            80,
            Feature.of(List.of(single("a"), single("b")), Target.of(1))));
  }

  @Test
  void labelsOfTokens() {
    assertEquals(
        """
        train.csv:2
          4 tokens, nothing cut
            tokens    [CLS]  a      b   [SEP]
            ids       1      97     98  2
            segments  0      0      0   0
            labels    -      B-LOC  O   -
          labels as above; - is left out of the loss
        """,
        text(
            head(TargetSpec.labelPerToken(2), "O", "B-LOC"),
            80,
            Feature.of(single("ab"), Target.of(Target.IGNORED, 1, 0, Target.IGNORED))));
  }

  @Test
  void number() {
    assertEquals(
        """
        train.csv:2
          3 tokens, nothing cut
            tokens    [CLS]  a   [SEP]
            ids       1      97  2
            segments  0      0   0
          number 2.5
        """,
        text(head(TargetSpec.of(Form.NUMBER)), 80, Feature.of(single("a"), Target.of(2.5f))));
    String labels =
        text(
            head(TargetSpec.numbers(2), "joy", "anger"),
            80,
            Feature.of(single("a"), Target.of(1f, 0f)));
    assertTrue(labels.contains("numbers joy 1.0, anger 0.0"), labels);
  }

  @Test
  void severalTargetsAndPositions() throws JsonProcessingException {
    Head head = pretraining();
    Feature feature = masked();
    assertEquals(
        """
        train.csv:2
          5 tokens, nothing cut
            tokens    [CLS]  a   #   #   [SEP]
            ids       1      97  35  35  2
            segments  0      0   0   0   0
          tokens: tokens b at 2, c at 3
          next-sentence: label no (1)
        """,
        text(head, 80, feature));
    assertEquals(
        """
        {"location":"train.csv:2","features":[{"sequences":[{"tokens":["[CLS]","a","#","#","[SEP]"],\
        "ids":[1,97,35,35,2],"segments":[0,0,0,0,0],"cut":[0]}],"positions":[2,3,0],\
        "targets":{"tokens":[98,99,-100],"next-sentence":1},"label":"no"}]}""",
        json(head, feature));
  }

  @Test
  void someOfSeveralTargetsAreNotKnown() throws JsonProcessingException {
    Feature feature = Feature.of(single("a")).with("next-sentence", Target.of(0));
    String text = text(pretraining(), 80, feature);
    assertTrue(text.endsWith("  tokens: no gold label\n  next-sentence: label yes (0)\n"), text);
    String json = json(pretraining(), feature);
    assertTrue(json.endsWith(",\"targets\":{\"next-sentence\":0},\"label\":\"yes\"}]}"), json);
    json = json(pretraining(), Feature.of(single("a")));
    assertTrue(json.endsWith("\"cut\":[0]}]}]}"), json);
  }

  /** Each row of tokens has the target's name where there are several. */
  @Test
  void tokensOfTokens() {
    TargetSpec next = TargetSpec.of(Form.TOKEN_PER_TOKEN);
    Feature feature = Feature.of(single("ab"), Target.of('a', 'b', 2, Target.IGNORED));
    assertEquals(
        """
        train.csv:2
          4 tokens, nothing cut
            tokens    [CLS]  a   b      [SEP]
            ids       1      97  98     2
            segments  0      0   0      0
            labels    a      b   [SEP]  -
          labels as above; - is left out of the loss
        """,
        text(head(next), 80, feature));
    String text =
        text(
            head(List.of(next.named("next"), TargetSpec.label(2)), "no", "yes"),
            80,
            Feature.of(single("a"), Target.of(1)).with("next", Target.of('a', 2, 3)));
    assertTrue(text.contains("    next      a      [SEP]  \u0003\n"), text);
    assertTrue(text.contains("  next: labels as above; - is left out of the loss\n"), text);
    assertTrue(text.contains("  target: label yes (1)\n"), text);
  }

  private static Head pretraining() {
    return head(
        List.of(
            TargetSpec.of(Form.TOKEN_PER_POSITION).named("tokens"),
            TargetSpec.label(2).named("next-sentence")),
        "yes",
        "no");
  }

  private static Feature masked() {
    return Feature.of(single("a##"))
        .at(2, 3, 0)
        .with("tokens", Target.of('b', 'c', Target.IGNORED))
        .with("next-sentence", Target.of(1));
  }

  @Test
  void fields() throws JsonProcessingException {
    assertEquals(
        """
        {"location":"train.csv:2","features":[{"sequences":[{"tokens":["[CLS]","a","[SEP]","x","[SEP]"],\
        "ids":[1,97,2,120,2],"segments":[0,0,0,1,1],"cut":[0,0]}],"target":1,"label":"yes"}]}""",
        json(CLASSIFIER, pair("a", "x", Target.of(1))));
    assertEquals(
        """
        {"location":"train.csv:2","features":[{"sequences":[{"tokens":["[CLS]","a","[SEP]"],\
        "ids":[1,97,2],"segments":[0,0,0],"cut":[0]}],"target":[1,1]}]}""",
        json(head(TargetSpec.of(Form.SPAN)), Feature.of(single("a"), Target.of(1, 1))));
    assertEquals(
        """
        {"location":"train.csv:2","features":[{"sequences":[{"tokens":["[CLS]","a","[SEP]"],\
        "ids":[1,97,2],"segments":[0,0,0],"cut":[0]}]}]}""",
        json(CLASSIFIER, Feature.of(single("a"), Target.NONE)));
  }

  private static String text(Head head, int width, Feature... features) {
    return new FeatureView(TOKENIZER.vocabulary(), head).text(EXAMPLE, List.of(features), width);
  }

  private static String json(Head head, Feature feature) throws JsonProcessingException {
    return new ObjectMapper()
        .writeValueAsString(
            new FeatureView(TOKENIZER.vocabulary(), head).fields(EXAMPLE, List.of(feature)));
  }

  private static Sequence single(String text) {
    return PACKER.single(PACKER.tokenize(text));
  }

  private static Feature pair(String first, String second, Target target) {
    return Feature.of(
        PACKER.pair(PACKER.tokenize(first), PACKER.tokenize(second), Truncation.LONGEST_FIRST),
        target);
  }

  private static Head head(TargetSpec target, String... labels) {
    return head(List.of(target), labels);
  }

  private static Head head(List<TargetSpec> targets, String... labels) {
    return new Head() {
      @Override
      public String architecture() {
        return "";
      }

      @Override
      public List<String> labels() {
        return List.of(labels);
      }

      @Override
      public List<TargetSpec> targets() {
        return targets;
      }

      @Override
      public HeadOutput build(HeadGraph graph) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
