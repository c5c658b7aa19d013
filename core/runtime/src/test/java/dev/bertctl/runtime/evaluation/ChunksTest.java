// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunksTest {

  @Test
  void chunksDoubleUpToALargest() {
    assertEquals(List.of(3, 6, 12, 24, 48, 96, 96, 15), sizes(300, 3));
  }

  @Test
  void fewExamplesAreOneChunk() {
    assertEquals(List.of(2), sizes(2, 3));
    assertEquals(List.of(3), sizes(3, 3));
    assertEquals(List.of(3, 1), sizes(4, 3));
    assertFalse(Chunks.growing(List.of().iterator(), 3, 0).hasNext());
  }

  @Test
  void orderIsKept() {
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
    List<Integer> seen = new ArrayList<>();
    Chunks.growing(numbers.iterator(), 2, 0).forEachRemaining(seen::addAll);
    assertEquals(numbers, seen);
  }

  private static List<Integer> sizes(int examples, int batchSize) {
    List<Integer> sizes = new ArrayList<>();
    Chunks.growing(IntStream.range(0, examples).iterator(), batchSize, 0)
        .forEachRemaining(chunk -> sizes.add(chunk.size()));
    return sizes;
  }
}
