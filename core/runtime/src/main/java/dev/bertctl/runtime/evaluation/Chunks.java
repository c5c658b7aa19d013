// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Takes examples some at a time, so that not all of them are in memory.
 *
 * @param <X> an example
 */
public final class Chunks<X> implements Iterator<List<X>> {

  /** Examples of an even chunk: enough for batches of equal lengths. */
  private static final int EVEN = 1024;

  /** Batches' worth of the largest chunk that grows. */
  private static final int BATCHES = 32;

  private final Iterator<X> examples;
  private final int largest;
  private int size;

  private Chunks(Iterator<X> examples, int size, int largest) {
    this.examples = examples;
    this.size = size;
    this.largest = largest;
  }

  /** Chunks of always the same examples, whatever the size of batches. */
  public static <X> Chunks<X> even(Iterator<X> examples) {
    return new Chunks<>(examples, EVEN, EVEN);
  }

  /**
   * One batch's worth at first, so that results are seen soon, then twice as many each time, up to
   * enough for batches of equal lengths.
   *
   * @param done examples that earlier chunks had: from the end of one of them on, the chunks are
   *     those that they would be had all examples been taken
   */
  static <X> Chunks<X> growing(Iterator<X> examples, int batchSize, long done) {
    Chunks<X> chunks = new Chunks<>(examples, batchSize, Math.multiplyExact(BATCHES, batchSize));
    for (long taken = chunks.size; taken <= done && chunks.size < chunks.largest; ) {
      chunks.grow();
      taken += chunks.size;
    }
    return chunks;
  }

  private void grow() {
    size = Math.min(largest, 2 * size);
  }

  @Override
  public boolean hasNext() {
    return examples.hasNext();
  }

  @Override
  public List<X> next() {
    List<X> chunk = new ArrayList<>();
    while (chunk.size() < size && examples.hasNext()) {
      chunk.add(examples.next());
    }
    grow();
    return chunk;
  }
}
