// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.Bucket;
import dev.bertctl.runtime.graph.BucketStream;
import dev.bertctl.runtime.weights.ElementType;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sums up buckets over all processes. Each process sums up a slice of each bucket and sends the sum
 * to the others (a reduce-scatter, then an all-gather), so that each sends and receives 2·(P-1)/P
 * times what it has, however many they are.
 *
 * <p>What it gives is the same in all processes to the last bit, and does not depend on the order
 * in which messages arrive: a sum is made in one place, in the order of the processes.
 */
public final class AllReduce implements Consumer<BucketStream> {

  private final Transport transport;
  private final ElementType wire;

  /**
   * @param wire what numbers are sent as: {@link ElementType#F32} or {@link ElementType#F16}
   */
  public AllReduce(Transport transport, ElementType wire) {
    this.transport = transport;
    this.wire = wire;
  }

  @Override
  public void accept(BucketStream stream) {
    // What this process has summed up of buckets whose other sums are under way.
    Deque<Bucket> underWay = new ArrayDeque<>();
    for (int index = 0; index < stream.size(); index++) {
      Bucket mine = stream.next();
      sendSlices(index, mine);
      underWay.add(sumOfSlice(index, mine));
      if (index > 0) {
        // Meanwhile the others' sums of the bucket before this one have come.
        stream.put(index - 1, gathered(index - 1, underWay.remove()));
      }
    }
    if (stream.size() > 0) {
      int last = stream.size() - 1;
      stream.put(last, gathered(last, underWay.remove()));
    }
  }

  private void sendSlices(int index, Bucket mine) {
    for (int process = 0; process < transport.processes(); process++) {
      if (process != transport.rank()) {
        Bucket slice = Slice.of(mine, process, transport.processes()).in(mine);
        transport.send(process, "slice-" + index, Slice.encode(slice, wire));
      }
    }
  }

  /** Sums up this process' slice, and sends the sum to the others. */
  private Bucket sumOfSlice(int index, Bucket mine) {
    Slice slice = Slice.of(mine, transport.rank(), transport.processes());
    Sum sum = Sum.of(mine, slice);
    for (int process = 0; process < transport.processes(); process++) {
      sum.add(
          process == transport.rank()
              ? slice.in(mine)
              : Slice.decode(transport.receive(process, "slice-" + index), mine, wire));
    }
    ByteBuffer bytes = Slice.encode(sum.bucket(), wire);
    for (int process = 0; process < transport.processes(); process++) {
      if (process != transport.rank()) {
        transport.send(process, "sum-" + index, bytes.duplicate());
      }
    }
    // As the others have it: what is sent may be rounded.
    return Slice.decode(bytes, mine, wire);
  }

  /** The sums of all slices, in the order of processes. */
  private List<Bucket> gathered(int index, Bucket mine) {
    List<Bucket> slices = new ArrayList<>();
    for (int process = 0; process < transport.processes(); process++) {
      slices.add(
          process == transport.rank()
              ? mine
              : Slice.decode(transport.receive(process, "sum-" + index), mine, wire));
    }
    return slices;
  }
}
