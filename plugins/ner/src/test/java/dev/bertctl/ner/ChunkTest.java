// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkTest {

  @Test
  void wellFormedTagsOfAllSchemes() {
    List<Chunk> entities =
        List.of(new Chunk("PER", 0, 2), new Chunk("PER", 2, 3), new Chunk("LOC", 4, 5));
    assertChunks(entities, "B-PER I-PER B-PER O B-LOC"); // IOB2
    assertChunks(entities, "I-PER I-PER B-PER O I-LOC"); // IOB1
    assertChunks(entities, "B-PER E-PER S-PER O S-LOC"); // BIOES
    assertChunks(entities, "B-PER L-PER U-PER O U-LOC"); // BILOU
    assertChunks(entities, "B-PER E-PER W-PER O W-LOC"); // BMEOW
  }

  @Test
  void neighboursOfOneTypeInBioes() {
    assertChunks(
        List.of(new Chunk("X", 0, 2), new Chunk("X", 2, 5), new Chunk("X", 5, 6)),
        "B-X E-X B-X I-X E-X S-X");
    assertChunks(List.of(new Chunk("X", 0, 3)), "B-X M-X E-X");
  }

  @Test
  void tagsThatAreNotWellFormed() {
    assertChunks(
        List.of(new Chunk("PER", 1, 2), new Chunk("LOC", 2, 3), new Chunk("LOC", 3, 4)),
        "O I-PER I-LOC B-LOC");
    assertChunks(List.of(new Chunk("X", 0, 1), new Chunk("X", 1, 2)), "E-X I-X");
    assertChunks(List.of(new Chunk("X", 0, 1), new Chunk("Y", 1, 2)), "B-X E-Y");
    assertChunks(List.of(new Chunk("X", 0, 1)), "[-X I-X");
    assertChunks(List.of(new Chunk("X", 0, 2)), "B-X ?-X");
  }

  @Test
  void typesMayHaveDashesOrBeMissing() {
    assertChunks(List.of(new Chunk("creative-work", 0, 2)), "B-creative-work I-creative-work");
    assertChunks(List.of(new Chunk("_", 0, 2), new Chunk("_", 3, 4)), "B I O I");
  }

  @Test
  void outsideIsNoEntity() {
    assertChunks(List.of(), "O O-X . PER");
    assertChunks(List.of(), "");
  }

  @Test
  void schemesKeepTheEntities() {
    List<String> iob1 = List.of("I-X", "I-X", "B-X", "O", "I-Y");
    assertEquals(iob1, TagScheme.AS_READ.rewrite(iob1));
    assertEquals(List.of("B-X", "I-X", "B-X", "O", "B-Y"), TagScheme.IOB2.rewrite(iob1));
    assertEquals(List.of("B-X", "E-X", "S-X", "O", "S-Y"), TagScheme.BIOES.rewrite(iob1));
    assertEquals(
        List.of("B-X", "I-X", "E-X"), TagScheme.BIOES.rewrite(List.of("B-X", "I-X", "I-X")));
  }

  private static void assertChunks(List<Chunk> expected, String tags) {
    assertEquals(expected, Chunk.of(tags.isEmpty() ? List.of() : List.of(tags.split(" "))));
  }
}
