// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.head.EncoderNeed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeadsTest {

  @Test
  void layersAreCountedFromEitherEnd() {
    assertEquals(12, EmbeddingsHead.last(-1, 1, 13));
    assertEquals(11, EmbeddingsHead.last(-2, 4, 13));
    assertEquals(0, EmbeddingsHead.last(0, 1, 13));
    assertEquals(12, EmbeddingsHead.last(12, 13, 13));
    assertEquals(
        "is 13, and the model has 12 layers; give 0 (the embeddings) to 12, or -1 (the last) to"
            + " -13",
        assertThrows(OptionException.class, () -> EmbeddingsHead.last(13, 1, 13)).getMessage());
    assertEquals(
        "is 4, and up to layer 2 there are 3, the embeddings included; give at most 3",
        assertThrows(OptionException.class, () -> EmbeddingsHead.last(2, 4, 13)).getMessage());
  }

  @Test
  void otherLayersNeedHiddenStates() {
    assertEquals(Set.of(), new EmbeddingsHead(Pooling.MEAN, -1, 1, true).needs());
    assertEquals(
        Set.of(EncoderNeed.HIDDEN_STATES), new EmbeddingsHead(Pooling.MEAN, -1, 4, true).needs());
    assertEquals(
        Set.of(EncoderNeed.HIDDEN_STATES), new EmbeddingsHead(Pooling.MEAN, -2, 1, true).needs());
    assertEquals(
        "is 0; give at least 1",
        assertThrows(OptionException.class, () -> new EmbeddingsHead(Pooling.CLS, -1, 0, true))
            .getMessage());
  }

  @Test
  void candidatesAreSingleTokens() {
    TestPacker packer = new TestPacker(10);
    packer.tokenize("paris");
    assertEquals(5, FillMaskHead.id("paris", packer));
    OptionException upper =
        assertThrows(OptionException.class, () -> FillMaskHead.id("Paris", packer));
    assertEquals("candidates", upper.option());
    assertEquals(
        "'Paris' is not one token of the model's vocabulary; give single tokens as the vocabulary"
            + " has them: in lower case, if the model is uncased",
        upper.getMessage());
    assertEquals(
        "'new york' is not one token of the model's vocabulary; give single tokens as the"
            + " vocabulary has them, such as 'paris' or '##ing'",
        assertThrows(OptionException.class, () -> FillMaskHead.id("new york", packer))
            .getMessage());
    assertEquals(
        "is 0; give at least 1",
        assertThrows(OptionException.class, () -> new FillMaskHead(0, List.of())).getMessage());
  }
}
