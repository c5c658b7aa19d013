// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagSetTest {

  private static final TagSet TAGS = new TagSet(List.of("person", "place"));
  private static final String TEXT = "Anastasia Weber, Graz";

  @Test
  void namesAreInTheOrderOfTheLogits() {
    assertEquals(List.of("O", "B-person", "I-person", "B-place", "I-place"), TAGS.names());
  }

  @Test
  void piecesOfAWordAreOneWord() {
    assertEquals(
        List.of(new Word(1, 0, 9), new Word(4, 10, 15), new Word(5, 15, 16), new Word(6, 17, 21)),
        words());
  }

  @Test
  void entitiesAndTagsTellTheSame() {
    List<Entity> entities = List.of(new Entity("person", 0, 15), new Entity("place", 17, 21));
    int[] tags = {1, 2, 0, 3};
    assertArrayEquals(tags, TAGS.tags(words(), entities));
    assertEquals(entities, TAGS.entities(words(), tags));
  }

  @Test
  void neighboursOfOneTypeAreTwoEntities() {
    List<Entity> entities = List.of(new Entity("person", 0, 9), new Entity("person", 10, 15));
    int[] tags = {1, 1, 0, 0};
    assertArrayEquals(tags, TAGS.tags(words(), entities));
    assertEquals(entities, TAGS.entities(words(), tags));
  }

  @Test
  void entitiesMayBeginInside() {
    assertEquals(
        List.of(new Entity("place", 0, 9), new Entity("person", 10, 15)),
        TAGS.entities(words(), new int[] {4, 2, 0, 0}));
  }

  private static List<Word> words() {
    Pieces pieces =
        new Pieces(
            new int[] {7, 8, 9, 10, 11, 12},
            new int[] {0, 4, 8, 10, 15, 17},
            new int[] {4, 8, 9, 15, 16, 21});
    return Word.of(
        TEXT,
        new Sequence(
            new int[] {1, 7, 8, 9, 10, 11, 12, 2}, new int[8], List.of(pieces), List.of(0)));
  }
}
