// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What decoders are given. */
class ToyOutputTest {

  private static final Matrix LOGITS = new Matrix(new float[] {0, 1}, 1, 2);

  private static final Feature FEATURE =
      Feature.of(new Sequence(new int[] {1, 2}, new int[2], List.of(), List.of()));

  @Test
  void theOnlyFeaturesLogits() {
    ModelOutput output = ToyOutput.logits(FEATURE, LOGITS);
    assertSame(LOGITS, output.logits());
    assertSame(FEATURE, output.feature().feature());
    assertEquals(16, output.model().hiddenSize());
    assertEquals(4, output.vocabulary().id(SpecialToken.MASK));
  }

  @Test
  void severalFeaturesHaveNoOnlyOne() {
    FeatureOutput one = FeatureOutput.of(FEATURE, LOGITS);
    ModelOutput output = ToyOutput.of(List.of(one, one));
    assertEquals(
        "an example of 2 features; take features()",
        assertThrows(IllegalStateException.class, output::logits).getMessage());
    assertEquals(
        "the head gives no output 'scores'; it gives [logits]",
        assertThrows(IllegalArgumentException.class, () -> one.get("scores")).getMessage());
  }

  @Test
  void specialTokensComeFirstAndPiecesLast() {
    ToyVocabulary vocabulary = new ToyVocabulary();
    assertEquals(0, vocabulary.id(SpecialToken.PAD));
    assertEquals(1, vocabulary.id(SpecialToken.CLS));
    assertEquals(2, vocabulary.id(SpecialToken.SEP));
    int size = vocabulary.size();
    int[] ids = vocabulary.pieces("owls owls").ids();
    assertEquals(size + 2, vocabulary.size());
    assertEquals("owls", vocabulary.token(ids[1]));
    assertEquals(size, vocabulary.find("owls").orElseThrow());
    assertSame(vocabulary.pieces("owls owls"), vocabulary.pieces("owls owls"));
  }
}
