// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.Example;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The examples of a chunk, packed a window at a time: while one window is computed the next is
 * packed. Closing it waits for what is being packed, as that uses native memory.
 *
 * @param <X> an example
 */
public final class PackedAhead<X extends Example> implements AutoCloseable {

  /** Examples of a window: enough for batches of equal lengths. */
  private static final int WINDOW = 512;

  private final ExamplePacker<X> packer;
  private final List<X> chunk;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private Optional<Future<PackedExamples<X>>> next;
  private int begun;

  /**
   * @param packer packs
   * @param chunk at least one example
   */
  public PackedAhead(ExamplePacker<X> packer, List<X> chunk) {
    this.packer = packer;
    this.chunk = chunk;
    this.next = Optional.of(begin());
  }

  /** Whether there is another window. */
  public boolean hasNext() {
    return next.isPresent();
  }

  /**
   * Waits for a window, and begins with the one behind it.
   *
   * @throws dev.bertctl.spi.data.DataException naming the example, if one does not fit
   */
  public PackedExamples<X> next() throws InterruptedException {
    PackedExamples<X> packed;
    try {
      packed = next.orElseThrow().get();
    } catch (ExecutionException e) {
      throw AllCores.unwrapped(e);
    }
    next = begun < chunk.size() ? Optional.of(begin()) : Optional.empty();
    return packed;
  }

  private Future<PackedExamples<X>> begin() {
    List<X> window = chunk.subList(begun, Math.min(chunk.size(), begun + WINDOW));
    begun += window.size();
    return thread.submit(() -> packer.packAll(window));
  }

  @Override
  public void close() {
    AllCores.stop(thread);
  }
}
